namespace NestedLearning.Models.Tests.Sequences.Generation;

public class TokenSamplerTests
{
    private static readonly float[] Logits = [1, -2, 3, 0.5f, 3];

    [Fact]
    public void Draw_AtTemperature0_IsTheFirstOfTheLikeliest() =>
        Assert.All(Draws(new GenerationOptions { Temperature = 0 }, 100), token => Assert.Equal(2, token));

    [Fact]
    public void Draw_WithOneToken_IsTheFirstOfTheLikeliest() =>
        Assert.All(Draws(new GenerationOptions { Temperature = 100, TopCount = 1 }, 100), token => Assert.Equal(2, token));

    [Theory]
    [InlineData(1.0, null)]
    [InlineData(0.5, null)]
    [InlineData(3.0, 3)]
    [InlineData(1.0, 50)]
    [InlineData(0.01, null)]
    public void Draw_ManyTimes_HasTheFrequenciesOfTheSoftmax(double temperature, int? topCount)
    {
        const int draws = 20_000;
        int[] allowed = [.. Enumerable.Range(0, Logits.Length).OrderByDescending(token => Logits[token]).Take(topCount ?? Logits.Length)];
        double sum = allowed.Sum(token => Math.Exp(Logits[token] / temperature));
        int[] drawn = Draws(new GenerationOptions { Temperature = temperature, TopCount = topCount }, draws);
        for (int token = 0; token < Logits.Length; token++)
        {
            double probability = allowed.Contains(token) ? Math.Exp(Logits[token] / temperature) / sum : 0;
            double fourDeviations = 4 * Math.Sqrt(probability * (1 - probability) / draws);
            Assert.InRange(drawn.Count(other => other == token) / (double)draws, probability - fourDeviations, probability + fourDeviations);
        }
    }

    [Fact]
    public void Draw_DependsOnSeedAndPositionOnly()
    {
        GenerationOptions options = new() { Temperature = 1 };
        Assert.Equal(Draws(options, 50), Draws(options, 50));
        Assert.NotEqual(Draws(options, 50), Draws(options with { Seed = 2 }, 50));
        Assert.Equal(Draws(options, 50)[30], new TokenSampler(options).Draw((float[])Logits.Clone(), 30));
    }

    private static int[] Draws(GenerationOptions options, int count)
    {
        TokenSampler sampler = new(options);
        return [.. Enumerable.Range(0, count).Select(position => sampler.Draw((float[])Logits.Clone(), position))];
    }
}
