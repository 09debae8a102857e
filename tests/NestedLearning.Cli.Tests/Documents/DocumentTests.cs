using System.Text.RegularExpressions;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Processes;

namespace NestedLearning.Cli.Tests.Documents;

/// <summary>The commands of README and docs: every one runs, and what is only mentioned exists.</summary>
public sealed class DocumentTests
{
    /// <summary>What takes minutes as it is written, and what makes it small: options for the commands that begin so.</summary>
    private static readonly (string Command, string Options)[] Smaller =
    [
        ("nl train hope", "--steps 2"),
        ("nl train hope --data tinyshakespeare.txt", "--width 16 --blocks 1 --heads 2"),
        ("nl train hope --data book.txt", "--width 16 --blocks 1 --heads 2"),
        ("nl train classifier --data clinc150", "--features 256"),
        ("nl train classifier --data FILE --workers 8", "--features 256 --split class"),
        ("nl eval languages", "--data FILE --languages 'task 0,task 1' --length 16 --held 256 --periods 1,2"),
        ("nl eval needle", "--lengths 200,400 --length 160"),
        ("nl eval formal", "--length 8 --lengths 8,16"),
        ("nl eval text", "--data other.txt"),
        ("nl generate", "--max-tokens 4"),
        ("nl bench soak", "--for 1s --allowed-growth 100000"),
        ("nl simulate --seeds", "--seeds 2"),
        ("nl simulate --nodes", "--seeds 2"),
        ("nl feed --data many.jsonl", "--tenant t1"),
        .. new[] { "languages", "needle", "recall", "formal", "classes" }.Select(
            task => ($"nl eval {task}", "--steps 2 --width 16 --blocks 1 --heads 2 --batch 4 --threads 1")),
        .. new[] { "needle", "recall", "formal" }.Select(task => ($"nl eval {task}", "--questions 4")),
    ];

    /// <summary>What is not run here, and where it is: the commands that begin so, and a class of tests.</summary>
    private static readonly (string Command, string Tests)[] Elsewhere =
    [
        ("dotnet run -c Release --project clients/NestedLearning.Cli -- demo", "PackagesTests"),
        ("nl demo", "PackagesTests"),
        ("dotnet pack", "PackagesTests"),
        ("dotnet tool install", "PackagesTests"),
        ("--init-from FILE --init-map", "ExportTests"),
        ("nl serve --tls-certificate", "ServeTlsTests"),
        ("nl rollback", "VersionCommandTests"),
        ("nl replay", "VersionCommandTests"),
        ("nl forget", "ForgetCommandTests"),
        ("nl models create NAME", "ModelsCreateCommandTests"),
        ("nl models delete NAME", "ErasureCommandTests"),
        ("nl key add NAME --file", "KeyCommandTests"),
        ("curl -X DELETE http://127.0.0.1:8080/api/v1/models/classifier/run", "RouteTests"),
        ("dotnet run -c Release --project silos/NestedLearning.Silo", "StartTests"),
        ("nl-silo database", "DatabaseTests"),
        ("nl-silo ready", "StartTests"),
        ("nl-silo bench", "BenchTests"),
        ("nl-silo doctor", "DoctorTests"),
        ("deploy/local/", "LocalClusterTests"),
    ];

    /// <summary>What no test of this repository runs: benchmarks, containers, and the tests themselves.</summary>
    private static readonly string[] NotRun =
        ["dotnet run -c Release --project tests/", "cp deploy/compose.env", "docker ", "dotnet test", "dotnet format"];

    /// <summary>Commands that are whole without an option.</summary>
    private static readonly string[] Alone =
        ["nl bench gemm", "nl bench encodings", "nl doctor", "nl eval needle", "nl eval recall", "nl eval formal", "nl eval languages"];

    public static TheoryData<string> All => [.. Document.All];

    [UnixTheory]
    [MemberData(nameof(All))]
    public async Task Commands_RunAsTheyAreWritten(string document)
    {
        await using DocumentSession session = await DocumentSession.StartAsync();
        foreach (DocumentedCommand command in Document.Read(document).Where(IsRunHere))
        {
            if (command.Kind == DocumentedKind.Script)
            {
                await session.RunScriptAsync(string.Join('\n', CommandLine.Short(command.Text).Split('\n').Select(Small)));
            }
            else
            {
                string line = CommandLine.Short(command.Text);
                Assert.True(line.StartsWith("nl ", StringComparison.Ordinal), $"{command} is run by no test.");
                await session.RunAsync(Small(line));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Mentions_AreOfCommandsAndOptionsThatExist(string document)
    {
        foreach (DocumentedCommand command in Document.Read(document))
        {
            foreach (string line in CommandLine.Nl(command.Text))
            {
                string[] words = [.. CommandLine.Split(line).Skip(1)];
                string help = await HelpAsync([.. words.TakeWhile(word => word.All(char.IsAsciiLetterLower))]);
                Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option =>
                    Assert.True(Regex.IsMatch(help, $"{option}(?![a-z-])"), $"{command}: there is no {option}."));
            }
        }
    }

    [Fact]
    public void Projects_AndTests_ThatAreNamed_Exist()
    {
        foreach (DocumentedCommand command in Document.All.SelectMany(Document.Read).Where(command => command.Text.Contains("dotnet ", StringComparison.Ordinal)))
        {
            IReadOnlyList<string> words = CommandLine.Split(command.Text);
            Assert.All(words.Where(word => word.Contains("/NestedLearning.", StringComparison.Ordinal)), path =>
                Assert.True(Path.Exists(Path.Combine(Document.Repository, path)), $"{command}: there is no {path}."));
            Assert.All(words.SkipWhile(word => word != "--filter").Skip(1).Take(1), filter =>
                Assert.True(Sources.Any(source => source.Contains(filter.Split('~')[^1], StringComparison.Ordinal)), $"{command}: no test is called {filter}."));
        }
    }

    [Fact]
    public void WhatRunsElsewhere_IsInADocument_AndHasItsTests()
    {
        DocumentedCommand[] all = [.. Document.All.SelectMany(Document.Read)];
        Assert.All(Elsewhere, one =>
        {
            Assert.Contains(all, command => command.Text.Contains(one.Command, StringComparison.Ordinal));
            Assert.Contains(Sources, source => source.Contains($"class {one.Tests}", StringComparison.Ordinal));
        });
        Assert.All(NotRun, one => Assert.Contains(all, command => command.Text.Contains(one, StringComparison.Ordinal)));
    }

    private static string[] Sources { get; } =
        [.. Directory.GetFiles(Path.Combine(Document.Repository, "tests"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)];

    private static bool IsRunHere(DocumentedCommand command) =>
        command.Kind != DocumentedKind.Transcript
        && (command.Kind == DocumentedKind.Script || CommandLine.HasValue(CommandLine.Short($"{command.Text} ")) || Alone.Contains(command.Text))
        && !Elsewhere.Any(one => command.Text.Contains(one.Command, StringComparison.Ordinal))
        && !NotRun.Any(one => command.Text.Contains(one, StringComparison.Ordinal));

    private static string Small(string command) =>
        Smaller.Where(one => command.StartsWith(one.Command, StringComparison.Ordinal)).Aggregate(command, (text, one) => CommandLine.With(text, one.Options));

    private static async Task<string> HelpAsync(string[] words)
    {
        NlResult help = await Nl.RunAsync([.. words, "--help"]);
        Assert.True(help.ExitCode == 0, $"There is no command 'nl {string.Join(' ', words)}'.");
        return help.Output;
    }
}
