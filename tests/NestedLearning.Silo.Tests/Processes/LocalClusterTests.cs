using System.Runtime.Versioning;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>What an operator does with <c>deploy/local</c>.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LocalClusterTests
{
    [LocalClusterFact]
    public async Task UpAndDown_AClusterLearnsAndAnswers_AndNothingIsLeft()
    {
        string[] before = FilesOfTheCheckout();
        using LocalCluster cluster = new();
        string data = Path.Combine(cluster.Folder, "events.jsonl");
        await File.WriteAllLinesAsync(
            data, Enumerable.Range(0, 60).Select(i => $$"""{"text":"word{{i % 3}} other{{i % 5}}","label":"class-{{i % 3}}"}"""));
        try
        {
            (int exitCode, string output, string error) = await cluster.UpAsync();
            Assert.True(exitCode == 0, output + error);
            Assert.Contains("silo-2: http://127.0.0.1:", output, StringComparison.Ordinal);
            Assert.Contains($"gateway: {cluster.Gateway.GetLeftPart(UriPartial.Authority)}\n", output, StringComparison.Ordinal);

            await LearnAsync(cluster, data, "first");

            // As in an upgrade: one silo goes and comes back, and the same command starts what has ended alone.
            Assert.Equal("silo-2 has stopped.\n", await SucceedsAsync(cluster.DownAsync("--silo", "2")));
            string[] left = await cluster.RunningAsync();
            await SucceedsAsync(cluster.UpAsync());
            Assert.Equal(left.Length + 1, (await cluster.RunningAsync()).Length);
            await LearnAsync(cluster, data, "second"); // Without Azurite the silo has taken its part of the first one with it.
        }
        finally
        {
            (int exitCode, string output, string error) = await cluster.DownAsync();
            Assert.True(exitCode == 0, output + error);
        }

        Assert.Empty(await cluster.RunningAsync());
        Assert.Empty(Directory.GetFileSystemEntries(cluster.Elsewhere));
        Assert.Equal(before, FilesOfTheCheckout());
    }

    private static async Task LearnAsync(LocalCluster cluster, string data, string model)
    {
        await SucceedsAsync(cluster.NlAsync("feed", "--data", data, "--tenant", "ann", "--model", model));
        string answer = await SucceedsAsync(cluster.NlAsync("ask", "word1 other2", "--tenant", "ann", "--model", model));
        Assert.Contains("class-1", answer, StringComparison.Ordinal);
    }

    private static async Task<string> SucceedsAsync(Task<(int ExitCode, string Output, string Error)> run)
    {
        (int exitCode, string output, string error) = await run;
        Assert.True(exitCode == 0, output + error);
        return output;
    }

    /// <summary>Those where a script that loses its way would write.</summary>
    private static string[] FilesOfTheCheckout() =>
        [.. new[] { "", "deploy", "deploy/local" }.SelectMany(folder => Directory.GetFileSystemEntries(Path.Combine(LocalCluster.Repository, folder))).Order()];
}
