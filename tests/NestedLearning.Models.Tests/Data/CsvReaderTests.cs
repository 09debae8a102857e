namespace NestedLearning.Models.Tests.Data;

public class CsvReaderTests
{
    private const string Golden =
        "id,split,text,label,task,features\r\n" +
        "1,train,plain text,greeting,small talk,\r\n" +
        "2,test,\"comma, and \"\"quotes\"\"\",7,,\r\n" +
        "\r\n" +
        "3,,\"two\r\nlines\",\"la\"\"bel\",t,\r\n" +
        "4,train,,dense,t,\"[0, 1.5]\"\r\n" +
        "5,train,\"\",sparse,t,\"{\"\"3\"\": -2}\"\r\n" +
        "6,train,5\" pipe,ünïcode,日本語,";

    [Fact]
    public async Task ReadAsync_GoldenFile_GivesEveryRecord()
    {
        List<NumberedExample> lines = await Reading.Csv(Golden);

        Assert.Equal([2, 3, 5, 7, 8, 9], lines.Select(line => line.Line));
        Assert.Equal(new(new TextInput("plain text"), "greeting", "small talk", IsTest: false), lines[0].Example);
        Assert.Equal(new(new TextInput("comma, and \"quotes\""), "7", "all", IsTest: true), lines[1].Example);
        Assert.Equal(new(new TextInput("two\nlines"), "la\"bel", "t", IsTest: false), lines[2].Example);
        AssertFeature(lines[3].Example, "dense", 1, 1.5f);
        AssertFeature(lines[4].Example, "sparse", 3, -2f);
        Assert.Equal(new(new TextInput("5\" pipe"), "ünïcode", "日本語", IsTest: false), lines[5].Example);
    }

    [Theory]
    [InlineData("x", "the record has 1 fields; accepted are 2, as in the header")]
    [InlineData("x,a,b", "the record has 3 fields; accepted are 2, as in the header")]
    [InlineData("x,", "'label' is missing or null; accepted are a string or a number")]
    [InlineData(",a", "neither 'text' nor 'features' is given; accepted is one of them")]
    [InlineData("\"x\"y,a", "text follows the closing quote of field 1; accepted are a comma or the end of the record")]
    [InlineData("\"x,a\nb,c\n", "a quoted field does not end; accepted is \"text\", with \"\" for a quote")]
    public async Task ReadAsync_BadRecord_NamesTheLineItBeginsOn(string record, string problem)
    {
        DataException e = await Assert.ThrowsAsync<DataException>(
            () => Reading.Csv("text,label\n\"a\nb\",c\n" + record));

        Assert.Equal($"{Reading.File}:4: {problem}", e.Message);
    }

    [Theory]
    [InlineData("text;label", "the header has no column 'label'; its columns are 'text;label'")]
    [InlineData("words,label", "the header has neither a column 'text' nor 'features'; its columns are 'words, label'")]
    [InlineData("text,label,text", "the column 'text' is named twice; accepted is one")]
    public async Task ReadAsync_BadHeader_NamesTheColumn(string header, string problem)
    {
        DataException e = await Assert.ThrowsAsync<DataException>(() => Reading.Csv(header + "\nx,y,z\n"));

        Assert.Equal($"{Reading.File}:1: {problem}", e.Message);
    }

    [Fact]
    public async Task ReadAsync_BadFeatures_NamesTheFeature()
    {
        DataException e = await Assert.ThrowsAsync<DataException>(
            () => Reading.Csv("label,features\na,\"[1,NaN]\"\n"));

        Assert.Equal($"{Reading.File}:2: feature 1 of 'features' is NaN; accepted are finite float32 numbers", e.Message);
    }

    [Fact]
    public async Task ReadAsync_FeaturesThatAreNotJson_SaysWhere()
    {
        DataException e = await Assert.ThrowsAsync<DataException>(
            () => Reading.Csv("label,features\na,\"[1] 2\"\n"));

        Assert.StartsWith($"{Reading.File}:2: 'features' is not JSON at byte 5; accepted are an array", e.Message);
    }

    [Fact]
    public async Task ReadAsync_QuoteThatNeverEnds_IsRefusedAtTheLimit()
    {
        string endless = "text,label\n\"" + string.Concat(Enumerable.Repeat("line\n", 1000));

        DataException e = await Assert.ThrowsAsync<DataException>(
            () => Reading.Csv(endless, limits: new() { MaxLineBytes = 2000 }));

        Assert.Equal(
            $"{Reading.File}:2: a quoted field does not end within 2000 bytes; accepted are shorter records", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text,label\n")]
    public async Task ReadAsync_NoRecord_IsEmptyData(string content) =>
        await Assert.ThrowsAsync<EmptyDataException>(() => Reading.Csv(content));

    [Fact]
    public async Task ReadAsync_TextTooLong_IsRefused()
    {
        string content = "text,label\n" + new string('x', 10 * 1024 * 1024) + ",a\n";

        DataException e = await Assert.ThrowsAsync<DataException>(() => Reading.Csv(content));

        Assert.Equal($"{Reading.File}:2: 'text' is too long; accepted are 1 to 65,536 characters", e.Message);
    }

    private static void AssertFeature(Example example, string label, ushort index, float value)
    {
        Assert.Equal(label, example.Label);
        FeatureInput input = Assert.IsType<FeatureInput>(example.Input);
        Assert.Equal([index], input.Features.Indices.ToArray());
        Assert.Equal([value], input.Features.Values.ToArray());
    }
}
