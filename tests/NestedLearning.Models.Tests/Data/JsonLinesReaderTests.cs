using System.Text;

namespace NestedLearning.Models.Tests.Data;

public class JsonLinesReaderTests
{
    [Fact]
    public async Task ReadAsync_TextLabelTaskSplit_GivesTheExample()
    {
        NumberedExample line = Assert.Single(await Reading.Json(
            """{"text":"pay my bill","label":"bills","task":"banking","split":"test","other":{"x":[1]}}"""));

        Assert.Equal(1, line.Line);
        Assert.Equal(new Example(new TextInput("pay my bill"), "bills", "banking", IsTest: true), line.Example);
    }

    [Fact]
    public async Task ReadAsync_OnlyTextAndLabel_BelongsToTheDefaultTaskForTraining()
    {
        NumberedExample line = Assert.Single(await Reading.Json("""{"label":"a","text":"x","task":null}"""));

        Assert.Equal(FieldNames.DefaultTask, line.Example.Task);
        Assert.False(line.Example.IsTest);
    }

    [Fact]
    public async Task ReadAsync_NumbersAsLabelAndTask_KeepTheirText()
    {
        NumberedExample line = Assert.Single(await Reading.Json("""{"text":"x","label":7,"task":1.50}"""));

        Assert.Equal(("7", "1.50"), (line.Example.Label, line.Example.Task));
    }

    [Fact]
    public async Task ReadAsync_ByteOrderMarkBlankLinesAndCrLf_CountsEveryLine()
    {
        List<NumberedExample> lines = await Reading.Json(
            "\uFEFF{\"text\":\"a\",\"label\":\"1\"}\r\n\r\n  \t\r\n{\"text\":\"b\",\"label\":\"2\"}\n\n{\"text\":\"c\",\"label\":\"3\"}");

        Assert.Equal([1, 4, 6], lines.Select(line => line.Line));
        Assert.Equal(["1", "2", "3"], lines.Select(line => line.Example.Label));
    }

    [Fact]
    public async Task ReadAsync_OtherFieldNames_ReadsThose()
    {
        FieldNames names = new(Text: "utterance", Label: "intent", Task: "domain", Split: "part");

        NumberedExample line = Assert.Single(await Reading.Json(
            """{"utterance":"x","intent":"i","domain":"d","part":"test","text":7,"label":null}""", names));

        Assert.Equal(new Example(new TextInput("x"), "i", "d", IsTest: true), line.Example);
    }

    [Theory]
    [InlineData("""{"text":"x","label":"a"}""", false)]
    [InlineData("""{"text":"x","label":"a","split":"train"}""", true)]
    [InlineData("""{"text":"x","label":"a","split":"test"}""", true)]
    public async Task HasSplit_AfterReading_TellsWhetherAnyLineHasOne(string content, bool expected)
    {
        using JsonLinesReader reader = new(Reading.Bytes(content), Reading.File);

        ExampleSet set = await ExampleSet.ReadAsync(reader);

        Assert.Equal(expected, set.HasSplit);
        Assert.Equal(Reading.File, set.Name);
        Assert.Single(set.Examples);
    }

    [Theory]
    [InlineData("hello", "not JSON at byte 1; accepted is one JSON object on a line")]
    [InlineData("""{"text":"x","label":"a"} {}""", "not JSON at byte 26; accepted is one JSON object on a line")]
    [InlineData("""{"text":"x","label":"a" """, "not JSON at byte 25; accepted is one JSON object on a line")]
    [InlineData("""[{"text":"x","label":"a"}]""", "the line is an array; accepted is a JSON object")]
    [InlineData("3", "the line is a number; accepted is a JSON object")]
    [InlineData("""{"text":"x","label":null}""", "'label' is missing or null; accepted are a string or a number")]
    [InlineData("""{"text":"x"}""", "'label' is missing or null; accepted are a string or a number")]
    [InlineData("""{"text":"x","label":{}}""", "'label' is an object; accepted are a string or a number")]
    [InlineData("""{"text":"x","label":true}""", "'label' is true or false; accepted are a string or a number")]
    [InlineData("""{"text":"x","label":""}""", "'label' is empty; accepted are 1 to 1,024 characters")]
    [InlineData("""{"text":"x","label":"a","task":" "}""", "'task' is empty; accepted are 1 to 1,024 characters")]
    [InlineData("""{"text":"x","label":"a","task":[1]}""", "'task' is an array; accepted are a string or a number")]
    [InlineData("""{"text":"x","label":"a","split":"dev"}""", "'split' is 'dev'; accepted are \"train\" and \"test\"")]
    [InlineData("""{"text":"","label":"a"}""", "'text' is empty; accepted are 1 to 65,536 characters")]
    [InlineData("""{"text":5,"label":"a"}""", "'text' is a number; accepted is a string")]
    [InlineData("""{"text":"\ud800","label":"a"}""", "'text' has half a surrogate pair; accepted is Unicode text")]
    [InlineData("""{"text":"x","text":"y","label":"a"}""", "'text' is given twice; accepted is one")]
    [InlineData("""{"label":"a"}""", "neither 'text' nor 'features' is given; accepted is one of them")]
    [InlineData("""{"text":"x","features":[1],"label":"a"}""", "both 'text' and 'features' are given; accepted is one of them")]
    public async Task ReadAsync_BadThirdLine_NamesFileAndLine(string bad, string problem)
    {
        DataException e = await Assert.ThrowsAsync<DataException>(
            () => Reading.Json("{\"text\":\"x\",\"label\":\"a\"}\n\n" + bad + "\n"));

        Assert.Equal($"{Reading.File}:3: {problem}", e.Message);
        Assert.Equal((Reading.File, 3L), (e.Source, e.Line));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n \n\r\n")]
    [InlineData("\uFEFF")]
    public async Task ReadAsync_NothingButBlankLines_IsEmptyData(string content)
    {
        EmptyDataException e = await Assert.ThrowsAsync<EmptyDataException>(() => Reading.Json(content));

        Assert.Equal($"{Reading.File}: no events", e.Message);
    }

    [Fact]
    public async Task ReadAsync_InvalidUtf8_IsRefused()
    {
        byte[] bytes = [.. "{\"text\":\""u8, 0xC3, 0x28, .. "\",\"label\":\"a\"}"u8];

        DataException e = await Assert.ThrowsAsync<DataException>(
            () => Reading.All(new JsonLinesReader(new MemoryStream(bytes), Reading.File)));

        Assert.Equal($"{Reading.File}:1: not valid UTF-8; accepted is text in UTF-8", e.Message);
    }

    [Fact]
    public async Task ReadAsync_TextAtTheLimitAndOneOver_AcceptsOnlyTheFirst()
    {
        ReadingLimits limits = new() { MaxTextLength = 10 };
        string Line(int length) => $$"""{"text":"{{new string('ü', length)}}","label":"a"}""";

        Assert.Single(await Reading.Json(Line(10), limits: limits));
        DataException e = await Assert.ThrowsAsync<DataException>(() => Reading.Json(Line(11), limits: limits));

        Assert.Equal($"{Reading.File}:1: 'text' is too long; accepted are 1 to 10 characters", e.Message);
    }

    [Fact]
    public async Task ReadAsync_TextOfTenMegabytes_IsRefusedWithoutDecodingIt()
    {
        const int Size = 10 * 1024 * 1024;
        byte[] line = [.. "{\"text\":\""u8, .. Enumerable.Repeat((byte)'x', Size), .. "\",\"label\":\"a\"}"u8];
        long before = GC.GetAllocatedBytesForCurrentThread();

        DataException e = await Assert.ThrowsAsync<DataException>(
            () => Reading.All(new JsonLinesReader(new MemoryStream(line), Reading.File)));

        Assert.Equal($"{Reading.File}:1: 'text' is too long; accepted are 1 to 65,536 characters", e.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4L * Size);
    }

    [Fact]
    public async Task ReadAsync_LineOverTheLimit_IsRefusedBeforeItIsInMemory()
    {
        using EndlessStream endless = new();

        DataException e = await Assert.ThrowsAsync<LineTooLongException>(
            () => Reading.All(new JsonLinesReader(endless, "-", limits: new() { MaxLineBytes = 1_000_000 })));

        Assert.Equal("-:1: the line is too long; accepted are lines of up to 1,000,000 bytes", e.Message);
        Assert.InRange(endless.BytesRead, 1_000_000, 4_000_000);
    }

    [Fact]
    public async Task ReadAsync_ManySmallReads_CutsLinesAtTheSamePlaces()
    {
        string content = string.Concat(Enumerable.Range(0, 300).Select(i => $$"""{"text":"{{new string('ł', i)}}.","label":{{i}}}""" + "\n"));
        using DripStream drip = new(Encoding.UTF8.GetBytes(content), 7);

        List<NumberedExample> lines = await Reading.All(new JsonLinesReader(drip, Reading.File));

        Assert.Equal(await Reading.Json(content), lines);
        Assert.Equal(300, lines.Count);
    }

    [Fact]
    public async Task ReadAsync_StreamThatBreaks_IsAnErrorWithTheLine()
    {
        DataException e = await Assert.ThrowsAsync<DataException>(
            () => Reading.All(new JsonLinesReader(new BrokenStream(), Reading.File)));

        Assert.Equal($"{Reading.File}:1: cannot be read: the cable is out", e.Message);
    }
}
