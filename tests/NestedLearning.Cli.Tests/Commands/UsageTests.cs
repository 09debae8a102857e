using System.Text.RegularExpressions;

namespace NestedLearning.Cli.Tests.Commands;

public class UsageTests
{
    private static readonly string[] Commands =
    [
        "", "demo", "train", "train classifier", "bench", "bench gemm", "bench compute", "bench encodings", "bench soak", "doctor", "serve", "feed", "ask", "levels",
        "models", "models create", "tenants", "tenants list", "tenants show",
        "versions", "consolidate", "rollback", "replay", "forget",
        "schedule", "schedule add", "schedule list", "schedule run", "schedule history", "schedule remove",
        "simulate",
    ];

    public static TheoryData<string> AllCommands => [.. Commands];

    [Theory]
    [MemberData(nameof(AllCommands))]
    public async Task RunAsync_Help_ShowsExamplesOfTheCommand(string command)
    {
        NlResult result = await Nl.RunAsync([.. Words(command), "--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        string examples = result.Output[result.Output.IndexOf("Examples:", StringComparison.Ordinal)..];
        Assert.Contains($"nl {command}".TrimEnd(), examples, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ExamplesInHelp_AreLinesOfEightyColumns()
    {
        foreach (string command in Commands)
        {
            string help = (await Nl.RunAsync([.. Words(command), "--help"])).Output;
            string examples = help[help.IndexOf("Examples:", StringComparison.Ordinal)..];
            Assert.All(examples.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        }
    }

    [Theory]
    [InlineData("", "demo")]
    [InlineData("train", "classifier")]
    [InlineData("bench", "gemm")]
    [InlineData("schedule", "history")]
    public async Task RunAsync_NoCommand_ShowsHelpAsAnError(string group, string member)
    {
        NlResult result = await Nl.RunAsync(Words(group));

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains(member, result.Error, StringComparison.Ordinal);
        Assert.Contains("Examples:", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Version_IsTheProjects()
    {
        NlResult result = await Nl.RunAsync("--version");

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(new Regex(@"^\d+\.\d+\.\d+"), result.Output);
    }

    [Theory]
    [InlineData("nosuch", "nl: There is no command or option 'nosuch' here. See nl --help.")]
    [InlineData("demo x", "nl demo: There is no command or option 'x' here. See nl demo --help.")]
    [InlineData("demo --steps 5", "--steps goes with --hope only.")]
    [InlineData("demo --hope --steps 0", "--steps is '0'; accepted: numbers of 1 to 100000 with commas.")]
    [InlineData("demo --hope --plot p.svg", "--plot draws accuracy, which --hope has none of; accepted: one of them.")]
    [InlineData("train classifier", "nl train classifier: --data needs a value. See nl train classifier --help.")]
    [InlineData("train classifier --data x --nope", "'--nope'")]
    [InlineData("train classifier --data x --workers many", "--workers is 'many'; accepted: a whole number.")]
    [InlineData("train classifier --data x --workers 2 --workers 3", "--workers is given more than once.")]
    [InlineData("train classifier --data x --workers 0", "--workers is 0; accepted: 1 to 1024.")]
    [InlineData("train classifier --data x --seeds 101", "--seeds is 101; accepted: 1 to 100.")]
    [InlineData("train classifier --data x --seeds 2 --data-dir d", "--data-dir")]
    [InlineData("train classifier --data x --threads 65", "--threads is 65; accepted: 1 to 64.")]
    [InlineData("train classifier --data x --split half", "--split is 'half'; accepted: shard, class, task.")]
    [InlineData("train classifier --data x --ridge thin", "--ridge is 'thin'; accepted: a number.")]
    [InlineData("train classifier --data x --ridge NaN", "Ridge is NaN, accepted: ")]
    [InlineData("train classifier --data x --features 100 --period 0", "Features is 100", "Period is 0")]
    [InlineData("train classifier --data x --baselines best", "'best' is not a baseline", "softmax")]
    [InlineData("train classifier --data x --text-field label", "'label' is given to two fields")]
    [InlineData("train classifier --data x --components 5", "--components goes with builtin:dotnet-messages only.")]
    [InlineData("train classifier --data builtin:dotnet-messages --messages-per-task 0", "--messages-per-task is 0; accepted: 1 or more.")]
    [InlineData("train classifier --data x --json no-such-folder/r.json", "The folder of 'no-such-folder/r.json' does not exist.")]
    [InlineData("train classifier --data x --plot .", "'.' is a folder; accepted: a file.")]
    [InlineData("train classifier --data x --server here", "--server is 'here'; accepted: an address such as http://127.0.0.1:5080.")]
    [InlineData("train classifier --data x --server http://a --seeds 2", "--server holds one run")]
    [InlineData("train hope --data x --cms stacked", "--cms is 'stacked'; accepted: sequential, nested, independent.")]
    [InlineData("train hope --data x --memory tape", "--memory is 'tape'; accepted: matrix, mlp.")]
    [InlineData("serve", "nl serve: --data-dir needs a value. See nl serve --help.")]
    [InlineData("serve --data-dir d --port 65536", "--port is 65536; accepted: 0 to 65535.")]
    [InlineData("serve --data-dir d --host everywhere", "--host is 'everywhere'; accepted: localhost or an IP address of this machine.")]
    [InlineData("feed --data x --tenant A --server http://a", "'A' is not a valid tenant")]
    [InlineData("feed --data x --tenant a --server http://a --source ../b", "'../b' is not a valid source")]
    [InlineData("ask --tenant a --server ftp://a b", "--server is 'ftp://a'")]
    [InlineData("levels --model A --server http://a", "'A' is not a valid model")]
    [InlineData("schedule add A --action consolidate --cron x --server http://a", "'A' is not a valid schedule")]
    [InlineData("schedule add a --action destroy --cron x --server http://a", "--action is 'destroy'; accepted: consolidate, snapshot, evaluate, expire.")]
    [InlineData("schedule add a --cron x --server http://a", "--action needs a value.")]
    [InlineData("schedule add a --action expire --cron x --idle-for soon --server http://a", "--idle-for is 'soon'; accepted: a whole number and its unit")]
    [InlineData("schedule add a --action expire --cron x --idle-for 99999999999d --server http://a", "--idle-for is '99999999999d'")]
    [InlineData("schedule run --server http://a", "nl schedule run: ")]
    [InlineData("tenants list --count 0 --server http://a", "--count is 0; accepted: 1 to 1000.")]
    [InlineData("tenants list --after A --server http://a", "'A' is not a valid tenant")]
    [InlineData("schedule run a", "--server needs a value.")]
    [InlineData("bench gemm --threads 0", "--threads is 0; accepted: 1 to 64.")]
    [InlineData("bench compute --threads 65", "--threads is 65; accepted: 1 to 64.")]
    [InlineData("bench compute --only juggling", "--only is 'juggling'; accepted: a part of product [256, 256]")]
    [InlineData("bench soak --for soon", "--for is 'soon'; accepted: a whole number and its unit")]
    [InlineData("bench soak --allowed-growth -1", "--allowed-growth is -1; accepted: 0 to 1048576.")]
    [InlineData("doctor --json .", "'.' is a folder; accepted: a file.")]
    public async Task RunAsync_WrongUsage_SaysSoInOneLine(string commandLine, params string[] expected)
    {
        string line = Nl.AssertFailed(2, await Nl.RunAsync(Words(commandLine)));

        Assert.All(expected, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--data is empty", "--data", "")]
    [InlineData("--json is ''; accepted: a file.", "--data", "x", "--json", "")]
    [InlineData("--data-dir is ''; accepted: a folder.", "--data", "x", "--data-dir", "")]
    public async Task RunAsync_EmptyPath_IsWrongUsage(string expected, params string[] options)
    {
        string line = Nl.AssertFailed(2, await Nl.RunAsync(["train", "classifier", .. options]));

        Assert.Contains(expected, line, StringComparison.Ordinal);
    }

    private static string[] Words(string commandLine) => commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
