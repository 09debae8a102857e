using System.Text;
using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Continual;

public class ContinualTextsTests
{
    private static readonly ContinualSettings Settings = new(
        SmallModels.Settings(MixerKind.GatedDelta) with { Vocabulary = 256, Width = 16, Hidden = 16, Periods = [1, 4] },
        new SequenceTrainingSettings { Steps = 60, Batch = 8, Length = 12, LearningRate = 1e-2 });

    private static readonly ContinualText[] Texts = [Text("first", "abcd"), Text("second", "xwvu")];

    [Fact]
    public void Run_OneTextAfterTheOther_ForgetsTheFirst()
    {
        List<long> steps = [];

        LossMatrix losses = Run(ContinualWay.Plain, (step, _) => steps.Add(step));

        Assert.Equal(Enumerable.Range(1, 120).Select(step => (long)step), steps);
        Assert.InRange(losses[0, 0], 0, 2);
        Assert.True(losses.AverageForgetting > 1, $"forgot {losses.AverageForgetting}");
    }

    [Theory]
    [InlineData(ContinualWay.Tenants)]
    [InlineData(ContinualWay.FoundTenants)]
    public void Run_Tenants_LearnAsBeforeAndForgetLess(ContinualWay way)
    {
        LossMatrix plain = Run(ContinualWay.Plain);
        LossMatrix tenants = Run(way);
        Assert.Equal(plain[0, 0], tenants[0, 0]);
        Assert.InRange(tenants[1, 1], 0, plain[1, 1] + 0.1);
        Assert.True(tenants.AverageForgetting < plain.AverageForgetting / 4, $"{tenants.AverageForgetting} of {plain.AverageForgetting}");
    }

    [Theory]
    [InlineData(ContinualWay.Replay)]
    [InlineData(ContinualWay.OuterSteps)]
    [InlineData(ContinualWay.Reservoir)]
    [InlineData(ContinualWay.ReadOut)]
    public void Run_WithACure_ForgetsLess(ContinualWay way) =>
        Assert.True(Run(way).AverageForgetting < Run(ContinualWay.Plain).AverageForgetting);

    [Fact]
    public void Create_BadSettings_NamesThemAll()
    {
        ContinualSettings bad = Settings with { OuterPeriod = 0, OuterRate = 2, ReplayShare = 1, WindowsToFind = 0, SharedRate = 0, ReservoirWindows = 0, ReadOutFeatures = 0 };
        InvalidSpecException error = Assert.Throws<InvalidSpecException>(() => new ContinualTexts(new ManagedBackend(), bad, new ByteTokenizer(), Texts));
        Assert.All(new[] { "OuterPeriod is 0", "OuterRate is 2", "ReplayShare is 1", "WindowsToFind is 0", "SharedRate is 0", "ReservoirWindows is 0", "ReadOutFeatures is 0" }, name => Assert.Contains(name, error.Message, StringComparison.Ordinal));
    }

    private static LossMatrix Run(ContinualWay way, Action<long, double>? report = null) =>
        new ContinualTexts(new ManagedBackend(), Settings, new ByteTokenizer(), Texts).Run(way, report);

    private static ContinualText Text(string name, string letters)
    {
        Random random = new(letters[0]);
        StringBuilder text = new();
        while (text.Length < 2000)
        {
            text.Append(letters, 0, 1 + random.Next(letters.Length));
        }

        int[] tokens = new ByteTokenizer().Encode(text.ToString());
        return new ContinualText(name, tokens.AsMemory(0, 1800), tokens.AsMemory(1800));
    }
}
