using System.Text.Json.Nodes;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary><c>nl train hope</c>, as a process that is let be, killed and interrupted.</summary>
public sealed class TrainHopeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _text;
    private readonly string _json;

    public TrainHopeTests()
    {
        _text = _folder.Write("text.txt", string.Concat(Enumerable.Range(0, 400).Select(i => $"line {i * 7 % 31}: it is said.\n")));
        _json = Path.Combine(_folder.Path, "result.json");
    }

    [Theory]
    [InlineData("hope", "char")]
    [InlineData("transformer", "byte")]
    public async Task Train_SmallText_LearnsAndReports(string mixer, string tokens)
    {
        NlResult result = await NlProcess.RunAsync([.. Command(40), "--mixer", mixer, "--tokens", tokens]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("nats a token", result.Output, StringComparison.Ordinal);
        JsonArray curve = Result["curve"]!.AsArray();
        Assert.Equal([20L, 40], curve.Select(point => point!["step"]!.GetValue<long>()));
        Assert.True(curve[1]!["validationLoss"]!.GetValue<double>() < curve[0]!["validationLoss"]!.GetValue<double>());
        Assert.Equal(mixer == "hope" ? 3 : 1, Result["levels"]!.AsArray().Count);
    }

    [Fact]
    public async Task Train_KilledAndInterrupted_EndsAsUndisturbed()
    {
        await NlProcess.RunAsync([.. Command(60)]);
        string undisturbed = Result["curve"]!.ToJsonString();
        string directory = Path.Combine(_folder.Path, "state");
        string[] command = [.. Command(60), "--data-dir", directory, "--save-every", "7"];
        for (int attempt = 0; attempt < 3; attempt++)
        {
            using NlProcess process = NlProcess.Start(command);
            if (await process.HasWrittenAsync(1))
            {
                await process.KillAsync();
            }
        }

        NlResult resumed = await NlProcess.RunAsync(command);

        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Error));
        Assert.Equal(undisturbed, Result["curve"]!.ToJsonString());
        NlResult again = await NlProcess.RunAsync(command);
        Assert.Equal(0, again.ExitCode);
        Assert.Null(Result["tokensPerSecond"]);
        Assert.Equal(undisturbed, Result["curve"]!.ToJsonString());
        Assert.StartsWith("nl: --data-dir holds another run", Nl.AssertFailed(1, await NlProcess.RunAsync([.. command, "--seed", "5"])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sequential")]
    [InlineData("nested")]
    public async Task Train_FourWorkers_LearnWhatOneProcessDoes(string continuum)
    {
        string[] command = [.. Command(60), "--levels", "1,4,16", "--cms", continuum];
        await NlProcess.RunAsync(command);
        double[] alone = Losses;
        Assert.InRange(Result["longestGradient"]!.GetValue<double>(), 0.01, 50);
        NlResult result = await NlProcess.RunAsync([.. command, "--workers", "4"]);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("  period-4: version ", result.Output, StringComparison.Ordinal);
        Assert.Contains("Each of 4 workers: ", result.Output, StringComparison.Ordinal);
        Assert.All(alone.Zip(Losses), pair => Assert.InRange(pair.Second / pair.First, 1 - 1e-4, 1 + 1e-4));
        Assert.Equal((60, 15, 4), (Number("versions", "period-1"), Number("versions", "period-4"), Number("versions", "period-16")));

        // Both levels have as many parameters, and the slower one is sent a fourth as often.
        Assert.Equal(3.75, (double)Number("bytesUp", "period-4") / Number("bytesUp", "period-16"), 0.05);
    }

    [Fact]
    public async Task Train_CoarseUpdatesAndLocalSteps_SendLessAndLearn()
    {
        await NlProcess.RunAsync([.. Command(60, width: 32), "--workers", "2"]);
        long exact = Up;
        await NlProcess.RunAsync([.. Command(60, width: 32), "--workers", "2", "--update-encoding", "int4", "--version-encoding", "int8"]);
        long coarse = Up;
        double coarseLoss = Losses[^1];
        await NlProcess.RunAsync([.. Command(60, width: 32), "--workers", "2", "--local-steps", "10"]);

        Assert.InRange(coarse, 1, exact * 0.5);
        Assert.InRange(Up, 1, exact * 0.2);
        Assert.InRange(coarseLoss, 0, 2.5);
        Assert.InRange(Losses[^1], 0, 2.5);
    }

    [Theory]
    [InlineData("--levels", "1,4")]
    [InlineData("--local-steps", "5", "--update-encoding", "int8", "--version-encoding", "int8")]
    public async Task Train_WorkersKilledAndInterrupted_EndAsUndisturbed(params string[] tiers)
    {
        string[] workers = ["--workers", "2", .. tiers];
        await NlProcess.RunAsync([.. Command(60), .. workers]);
        string undisturbed = Result["curve"]!.ToJsonString();
        string versions = Result["versions"]!.ToJsonString();
        string[] command = [.. Command(60), .. workers, "--data-dir", Path.Combine(_folder.Path, "tiers")];
        for (int attempt = 0; attempt < 4; attempt++)
        {
            using NlProcess process = NlProcess.Start(command);
            if (!await process.HasWrittenAsync(attempt + 1))
            {
                continue;
            }

            if (attempt == 1 && !OperatingSystem.IsWindows())
            {
                await process.InterruptAsync();
                await process.EndAsync();
            }
            else
            {
                await process.KillAsync();
            }
        }

        for (int attempt = 0; attempt < 2; attempt++)
        {
            NlResult resumed = await NlProcess.RunAsync(command);
            Assert.Equal((0, ""), (resumed.ExitCode, resumed.Error));
            Assert.Equal(undisturbed, Result["curve"]!.ToJsonString());
            Assert.Equal(versions, Result["versions"]!.ToJsonString());
        }

        Assert.StartsWith("nl: --data-dir holds another run", Nl.AssertFailed(1, await NlProcess.RunAsync([.. command, "--seed", "5"])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--workers is 3; accepted: a divisor of --batch, 4.", "--workers", "3")]
    [InlineData("--local-steps says how workers share a model; accepted with --workers only.", "--local-steps", "3")]
    [InlineData("--mixer is 'rnn'; accepted: hope, titans, gated-delta, delta, linear-attention, attention, transformer.", "--mixer", "rnn")]
    [InlineData("--levels is '1,x'; accepted: whole numbers such as 1,8,32, or base:4,1,8,32.", "--periods", "1,x")]
    [InlineData("--tokens is 'word'; accepted: char, byte.", "--tokens", "word")]
    [InlineData("--validation is 0.9; accepted: above 0, at most 0.5.", "--validation", "0.9")]
    [InlineData("--save-every is 0; accepted: 1 to 2147483647.", "--save-every", "0")]
    public async Task Train_WrongUsage_SaysWhatIsAccepted(string expected, params string[] more) =>
        Assert.Equal($"nl: {expected}", Nl.AssertFailed(2, await Nl.RunAsync([.. Command(5), .. more])));

    [Fact]
    public async Task Train_SettingsOrTextThatDoNotGo_SaysWhy()
    {
        Assert.Contains("ChunkLength is 0, accepted", Nl.AssertFailed(2, await Nl.RunAsync([.. Command(5), "--chunk", "0"])), StringComparison.Ordinal);
        Assert.Contains("no such file", Nl.AssertFailed(1, await Nl.RunAsync("train", "hope", "--data", Path.Combine(_folder.Path, "none"))), StringComparison.Ordinal);
        Assert.Contains("too short", Nl.AssertFailed(1, await Nl.RunAsync("train", "hope", "--data", _folder.Write("short", "ab"))), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private JsonNode Result => JsonNode.Parse(File.ReadAllText(_json))!;

    private double[] Losses => [.. Result["curve"]!.AsArray().Select(point => point!["validationLoss"]!.GetValue<double>())];

    private long Up => Result["bytesUp"]!.AsObject().Sum(level => level.Value!.GetValue<long>());

    private long Number(string field, string level) => Result[field]![level]!.GetValue<long>();

    private string[] Command(int steps, int width = 16) =>
    [
        "train", "hope", "--data", _text, "--steps", $"{steps}", "--evaluate-every", "20", "--width", $"{width}", "--blocks", "1", "--heads", "2",
        "--hidden", $"{width}", "--batch", "4", "--length", "16", "--rate", "0.01", "--threads", "1", "--json", _json,
    ];
}
