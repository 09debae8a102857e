using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>A run over HTTP, whose data a real silo reads.</summary>
public sealed class TrainingTests : IDisposable
{
    private static readonly ModelId Model = new("m");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nl-run-");

    [Fact]
    public async Task Run_FileThatTheSiloMayRead_IsLearned()
    {
        string file = Path.Combine(_folder.FullName, "events.jsonl");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, 90).Select(i => $$"""{"text":"word{{i % 5}}","label":"class {{i % 5}}"}"""));
        using SiloProcess silo = await SiloProcess.ServeAsync(("Training:Folders", _folder.FullName));
        await using HttpLearningCluster cluster = HttpLearningCluster.Connect(silo.Url);
        await cluster.CreateModelAsync(Model, new ClassifierSpec { Features = 64, Period = 20 }, new RoundPolicy { MinContributors = 2, Synchronous = true }, default);
        await Assert.ThrowsAsync<UnknownRunException>(async () => await cluster.Runs.GetRunAsync(Model, default));

        RunProgress run = await cluster.Runs.StartRunAsync(Model, new RunSpec(file, Workers: 2), default);
        while (run.IsUnderWay)
        {
            run = await cluster.Runs.GetRunAsync(Model, default);
        }

        Assert.Equal((RunStage.Done, 90L, 90L), (run.Stage, run.Events, run.Learned));
        Assert.Equal(90, (await cluster.GetLevelsAsync(Model, default))[0].Events);
    }

    [Fact]
    public async Task Run_FileElsewhere_IsRefused()
    {
        using SiloProcess silo = await SiloProcess.ServeAsync(("Training:Folders", _folder.FullName));
        await using HttpLearningCluster cluster = HttpLearningCluster.Connect(silo.Url);
        await cluster.CreateModelAsync(Model, new ClassifierSpec { Features = 64 }, new RoundPolicy(), default);

        UnreachableDataException error = await Assert.ThrowsAsync<UnreachableDataException>(
            async () => await cluster.Runs.StartRunAsync(Model, new RunSpec("/etc/passwd"), default));

        Assert.StartsWith("/etc/passwd: not data that this server reads", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnknownRunException>(async () => await cluster.Runs.GetRunAsync(Model, default));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
