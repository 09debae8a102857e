using System.Text;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary>Classifiers by <c>nl export</c> and <c>import</c>.</summary>
public sealed class ClassifierFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _state;
    private readonly string _file;

    public ClassifierFileTests()
    {
        _state = Path.Combine(_folder.Path, "state");
        _file = Path.Combine(_folder.Path, "model.safetensors");
    }

    [Fact]
    public async Task Import_OfAnExportedClassifier_LearnsOnAsThatOneWould()
    {
        string original = Path.Combine(_folder.Path, "original.safetensors");
        string copied = Path.Combine(_folder.Path, "copied.safetensors");
        string later = _folder.Write("later.jsonl", Events(40, 60));
        await MakeAsync();
        await using (NlServer server = await NlServer.StartAsync(_state))
        {
            await FeedAsync(server, "m", "ann", _folder.Write("first.jsonl", Events(0, 40)));
            Assert.StartsWith($"{_file}: 'm' at version ", Line(await Nl.RunAsync("export", "--model", "m", "--server", server.Url, "--to", _file)), StringComparison.Ordinal);

            Assert.Equal($"'copy' begins with {_file}: slow.", Line(await Nl.RunAsync("import", _file, "--model", "copy", "--server", server.Url)));
            Assert.Equal($"'copy' begins with {_file}: slow.", Line(await Nl.RunAsync("import", _file, "--model", "copy", "--server", server.Url)));
            string[] question = ["word1 and 2", "--tenant", "new", "--server", server.Url];
            Assert.Equal(Line(await Nl.RunAsync(["ask", .. question, "--model", "m"])), Line(await Nl.RunAsync(["ask", .. question, "--model", "copy"])));
            foreach (string model in new[] { "m", "copy" })
            {
                await FeedAsync(server, model, "ben", later);
            }

            Assert.Contains("imported", Line(await Nl.RunAsync("versions", "--model", "copy", "--server", server.Url)), StringComparison.Ordinal);
            Line(await Nl.RunAsync("export", "--model", "m", "--server", server.Url, "--to", original));
        }

        Line(await Nl.RunAsync("export", "--model", "copy", "--data-dir", _state, "--to", copied));
        Assert.NotEqual(Values(_file), Values(original));
        Assert.Equal(Values(original), Values(copied));
        Line(await Nl.RunAsync("import", copied, "--model", "copy-of-copy", "--data-dir", _state));
    }

    [Fact]
    public async Task Import_OfWhatCannotGoOn_SaysWhy()
    {
        await MakeAsync();
        await using (NlServer server = await NlServer.StartAsync(_state))
        {
            await FeedAsync(server, "m", "ann", _folder.Write("first.jsonl", Events(0, 10)));
            Line(await Nl.RunAsync("export", "--model", "m", "--server", server.Url, "--to", _file, "--weights-only"));
            Assert.Equal(["weights", "energies"], Names(_file));

            string refused = Nl.AssertFailed(1, await Nl.RunAsync("import", _file, "--model", "copy", "--server", server.Url));
            Assert.Contains("the classifier's statistics is missing", refused, StringComparison.Ordinal);
            Assert.Contains("export it again, without --weights-only", refused, StringComparison.Ordinal);

            Line(await Nl.RunAsync("export", "--model", "m", "--server", server.Url, "--to", _file));
            Assert.Contains(
                "'m' exists with other settings",
                Nl.AssertFailed(1, await Nl.RunAsync("import", _file, "--model", "m", "--server", server.Url)),
                StringComparison.Ordinal);
            byte[] file = await File.ReadAllBytesAsync(_file);
            await File.WriteAllBytesAsync(_file, file[..^100]);
            Assert.Contains("safetensors: ", Nl.AssertFailed(1, await Nl.RunAsync("import", _file, "--model", "copy", "--server", server.Url)), StringComparison.Ordinal);
            await File.WriteAllBytesAsync(_file, Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(file).Replace("statistics/cross", "statistics/crass", StringComparison.Ordinal)));
            Assert.Contains(
                "the tensor 'statistics/cross' is missing",
                Nl.AssertFailed(1, await Nl.RunAsync("import", _file, "--model", "copy", "--server", server.Url)),
                StringComparison.Ordinal);
        }

        Assert.Equal("nl: --weights-only needs --model.", Nl.AssertFailed(2, await Nl.RunAsync("export", "--data-dir", _state, "--to", _file, "--weights-only")));
    }

    public void Dispose() => _folder.Dispose();

    private static string Events(int first, int count) => string.Concat(
        Enumerable.Range(first, count).Select(i => $$"""{"text":"word{{i % 4}} and {{i}}","label":"label {{i % 4}}"}""" + "\n"));

    /// <summary>One that is smaller than what <c>nl feed</c> makes.</summary>
    private async Task MakeAsync()
    {
        using LocalTierStore store = LocalTierStore.Open(_state);
        await using EmbeddedCluster cluster = new(store, new EmbeddedOptions());
        await cluster.CreateModelAsync(new ModelId("m"), new ClassifierSpec { Features = 256 }, new RoundPolicy(), default);
    }

    private static async Task FeedAsync(NlServer server, string model, string tenant, string data) => Line(await Nl.RunAsync(
        "feed", "--data", data, "--tenant", tenant, "--model", model, "--server", server.Url));

    private static string Line(NlResult result)
    {
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        return result.Output.ReplaceLineEndings(" ").TrimEnd();
    }

    private static string[] Names(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return [.. new SafetensorsReader(stream).Tensors.Select(tensor => tensor.Name)];
    }

    private static double[][] Values(string file)
    {
        using FileStream stream = File.OpenRead(file);
        SafetensorsReader reader = new(stream);
        return [.. reader.Tensors.Select(reader.ReadDoubles)];
    }
}
