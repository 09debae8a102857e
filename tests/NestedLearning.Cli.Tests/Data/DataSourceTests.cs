using System.Text;
using NestedLearning.Cli.Data;
using NestedLearning.Models;

namespace NestedLearning.Cli.Tests.Data;

public sealed class DataSourceTests : IDisposable
{
    private const string Json = "{ \"text\":\"hello\",\"label\":\"a\"}\n";
    private const string Csv = "text,label\nhello,a\n";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("events.jsonl", Json)]
    [InlineData("events.NDJSON", Json)]
    [InlineData("events.json", Json)]
    [InlineData("events.csv", Csv)]
    [InlineData("events.txt", Json)]
    [InlineData("events", Csv)]
    [InlineData("events.data", "\uFEFF \n" + Json)]
    public async Task Open_File_ReadsItByItsNameOrBeginning(string name, string content)
    {
        ExampleSet set = await Load(_folder.Write(name, content));

        Assert.Equal([new Example(new TextInput("hello"), "a", "all", IsTest: false)], set.Examples);
    }

    [Theory]
    [InlineData(Json)]
    [InlineData(Csv)]
    public async Task Open_StandardInput_TellsTheFormatByItsBeginning(string content)
    {
        using MemoryStream input = new(Encoding.UTF8.GetBytes(content));

        ExampleSet set = await Load("-", new() { StandardInput = () => input });

        Assert.Equal(("-", 1), (set.Name, set.Examples.Count));
    }

    [Fact]
    public async Task Open_EmptyFile_HasNoEvents()
    {
        string path = _folder.Write("nothing.jsonl", "");

        EmptyDataException e = await Assert.ThrowsAsync<EmptyDataException>(() => Load(path));

        Assert.Equal($"{path}: no events", e.Message);
    }

    [Fact]
    public async Task Open_FileOfOneKindNamedAsTheOther_SaysWhatIsWrong()
    {
        string path = _folder.Write("wrong.csv", Json);

        DataException e = await Assert.ThrowsAsync<DataException>(() => Load(path));

        Assert.StartsWith($"{path}:1: text follows the closing quote of field 2", e.Message);
    }

    [Fact]
    public void Open_MissingFileOrFolder_SaysSoInOneLine()
    {
        string missing = Path.Combine(_folder.Path, "missing.jsonl");

        Assert.Equal($"{missing}: no such file", Refused(missing).Message);
        Assert.Equal($"{missing}/x: no such file", Refused(missing + "/x").Message);
        Assert.Equal($"{_folder.Path}: a folder; accepted is a file", Refused(_folder.Path).Message);
        Assert.DoesNotContain("\n", Refused("").Message);
    }

    [Fact]
    public void Open_UnknownBuiltIn_NamesTheKnownOne() => Assert.Equal(
        "builtin:messages: no such data set; accepted is builtin:dotnet-messages", Refused("builtin:messages").Message);

    [Fact]
    public void Open_FieldNamesThatClash_IsRefused() => Assert.Throws<FieldNamesException>(
        () => DataSource.Open("-", new() { Fields = new(Text: "label") }));

    public void Dispose() => _folder.Dispose();

    private static DataException Refused(string path) =>
        Assert.Throws<DataException>(() => DataSource.Open(path, new()));

    private static async Task<ExampleSet> Load(string specification, DataOptions? options = null)
    {
        using IExampleSource source = DataSource.Open(specification, options ?? new());
        return await ExampleSet.ReadAsync(source);
    }
}
