namespace NestedLearning.Models.Tests.Data;

public class FeatureReadingTests
{
    [Theory]
    [InlineData("[0.5, 0, -2, 1e3]", new ushort[] { 0, 2, 3 }, new[] { 0.5f, -2f, 1000f })]
    [InlineData("[]", new ushort[0], new float[0])]
    [InlineData("""{"7": 1.5, "2": -1, "65535": 3, "9": 0.0}""", new ushort[] { 2, 7, 65535 }, new[] { -1f, 1.5f, 3f })]
    public async Task ReadAsync_ArrayOrObject_GivesRisingIndicesWithoutZeros(
        string features, ushort[] indices, float[] values)
    {
        NumberedExample line = Assert.Single(await Reading.Json($$"""{"label":"a","features":{{features}}}"""));

        FeatureInput input = Assert.IsType<FeatureInput>(line.Example.Input);
        Assert.Equal(indices, input.Features.Indices.ToArray());
        Assert.Equal(values, input.Features.Values.ToArray());
    }

    [Theory]
    [InlineData("[1, NaN]", "feature 1 of 'features' is NaN; accepted are finite float32 numbers")]
    [InlineData("[-Infinity]", "feature 0 of 'features' is -Infinity; accepted are finite float32 numbers")]
    [InlineData("""[1, 2, "NaN"]""", "feature 2 of 'features' is 'NaN'; accepted are finite float32 numbers")]
    [InlineData("[1, null]", "feature 1 of 'features' is null; accepted are finite float32 numbers")]
    [InlineData("[[1]]", "feature 0 of 'features' is an array; accepted are finite float32 numbers")]
    [InlineData("[1e39]", "feature 0 of 'features' is 1e39; accepted are finite float32 numbers")]
    [InlineData("""{"3": Infinity}""", "feature 3 of 'features' is Infinity; accepted are finite float32 numbers")]
    [InlineData("""{"3": nan}""", "feature 3 of 'features' is nan; accepted are finite float32 numbers")]
    [InlineData("[1,2,3,4,5,6,7,8,9]", "'features' has more than 8 numbers; accepted are up to 8")]
    [InlineData("""{"8": 1}""", "'8' is no index of 'features'; accepted are 0 to 7")]
    [InlineData("""{"-1": 1}""", "'-1' is no index of 'features'; accepted are 0 to 7")]
    [InlineData("""{"1.0": 1}""", "'1.0' is no index of 'features'; accepted are 0 to 7")]
    [InlineData("""{"1": 1, "01": 0.5}""", "feature 1 of 'features' is given twice; accepted is one value")]
    [InlineData("\"1,2\"", "'features' is a string; accepted are an array of numbers or an object of \"index\": number")]
    public async Task ReadAsync_BadFeature_NamesItAndTheLine(string features, string problem)
    {
        DataException e = await Assert.ThrowsAsync<DataException>(() => Reading.Json(
            "\n" + $$"""{"label":"a","features":{{features}}}""", limits: new() { Features = 8 }));

        Assert.Equal($"{Reading.File}:2: {problem}", e.Message);
    }

    [Fact]
    public async Task ReadAsync_BrokenArray_IsNotJson()
    {
        DataException e = await Assert.ThrowsAsync<DataException>(
            () => Reading.Json("""{"label":"a","features":[1,oops]}"""));

        Assert.Equal($"{Reading.File}:1: not JSON at byte 28; accepted is one JSON object on a line", e.Message);
    }
}
