namespace NestedLearning.Models.Tests.Sequences.Generation;

public class GenerationOptionsTests
{
    [Fact]
    public void Validate_Defaults_AreAccepted() => new GenerationOptions().Validate(2);

    [Fact]
    public void Validate_EveryOptionOutOfRange_NamesThemAll()
    {
        GenerationOptions options = new()
        {
            Temperature = double.NaN,
            TopCount = 0,
            MaxTokens = 0,
            StopTexts = ["a", ""],
            StopTokens = [6, 7, -1],
        };
        InvalidGenerationException error = Assert.Throws<InvalidGenerationException>(() => options.Validate(7));
        Assert.Equal(
            [
                "Temperature is NaN, accepted: 0 to 100",
                "TopCount is 0, accepted: 1 or more, or none",
                "MaxTokens is 0, accepted: 1 to 1000000000",
                "StopTexts is an empty text, accepted: texts that are not empty",
                "StopTokens is 7, accepted: 0 to 6",
                "StopTokens is -1, accepted: 0 to 6",
            ],
            error.Violations);
    }
}
