using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences;

public class SequenceTrainerTests
{
    private static readonly SequenceTrainingSettings Settings = new() { Steps = 40, Batch = 4, Length = 9, LearningRate = 1e-2 };

    /// <summary>A text that can be learned: every token follows from the two before it.</summary>
    private static readonly int[] Text = Rule(3000);

    public static TheoryData<MixerKind> Kinds => SmallModels.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Step_TextWithARule_LearnsIt(MixerKind kind)
    {
        using SequenceModel model = new(new ManagedBackend(), SmallModels.Settings(kind) with { Width = 16, Hidden = 32, Periods = [1, 4] });
        using SequenceTrainer trainer = new(model, Settings with { Steps = 200 }, Text);
        double first = trainer.Step();
        while (trainer.Steps < 200)
        {
            trainer.Step();
        }

        Assert.Equal(Math.Log(SmallModels.Vocabulary), first, 0.2);
        Assert.InRange(TextEvaluation.InWindows(model, new ByteTokenizer(), Rule(400), Settings.Length).Loss, 0, first / 2);
    }

    [Theory]
    [InlineData(MemoryKind.Matrix)]
    [InlineData(MemoryKind.Mlp)]
    public void Step_LongWindowsAtAHighRate_KeepsItsGradientsBounded(MemoryKind memory)
    {
        // As the paper writes the rule, states overflow here within some tens of steps.
        SequenceSettings settings = SmallModels.Settings(MixerKind.SelfModifying) with { Memory = memory, Blocks = 1, Width = 16, Hidden = 16, ChunkLength = 16 };
        using SequenceModel model = new(new ManagedBackend(), settings);
        using SequenceTrainer trainer = new(model, Settings with { Steps = 80, Batch = 1, Length = 512 }, Text);
        while (trainer.Steps < 80)
        {
            Assert.InRange(trainer.Step(), 0, 3);
            Assert.InRange(trainer.GradientNorm, double.Epsilon, 50);
        }
    }

    [Fact]
    public void Load_InTheMiddleOfAPeriod_GoesOnToTheSameParametersToTheBit()
    {
        SequenceSettings settings = SmallModels.Settings(MixerKind.SelfModifying) with { Periods = [1, 4, 16] };
        using SequenceModel whole = new(new ManagedBackend(), settings);
        using SequenceTrainer uninterrupted = new(whole, Settings, Text);
        TensorSet? saved = null;
        while (uninterrupted.Steps < Settings.Steps)
        {
            uninterrupted.Step();
            saved = uninterrupted.Steps == 22 ? uninterrupted.Save() : saved;
        }

        using SequenceModel again = new(new ManagedBackend(), settings, seed: 99);
        using SequenceTrainer resumed = new(again, Settings, Text);
        resumed.Load(saved!);
        while (resumed.Steps < Settings.Steps)
        {
            resumed.Step();
        }

        AssertSame(whole.Parameters.Save(), again.Parameters.Save());
    }

    [Fact]
    public void Step_WithinAPeriod_LeavesTheParametersOfItsLevel()
    {
        using SequenceModel model = new(new ManagedBackend(), SmallModels.Settings(MixerKind.Delta) with { Periods = [1, 4] });
        using SequenceTrainer trainer = new(model, Settings, Text);
        float[] before = Values(model.Parameters[1][1]);
        float[] fast = Values(model.Parameters[0][0]);
        for (int step = 1; step < 4; step++)
        {
            trainer.Step();
            Assert.Equal(before, Values(model.Parameters[1][1]));
            Assert.NotEqual(fast, Values(model.Parameters[0][0]));
        }

        trainer.Step();
        Assert.NotEqual(before, Values(model.Parameters[1][1]));

        float[] Values(Parameter parameter)
        {
            float[] values = new float[parameter.Shape.ElementCount];
            model.Backend.Read(parameter.Value, values);
            return values;
        }
    }

    [Fact]
    public void Step_OfAPeriodThatTheTrainingEnds_IsTaken()
    {
        using SequenceModel model = new(new ManagedBackend(), SmallModels.Settings(MixerKind.Delta) with { Periods = [1, 32] });
        TensorSet before = model.Parameters.Save();
        using SequenceTrainer trainer = new(model, Settings with { Steps = 5 }, Text);
        while (trainer.Steps < 5)
        {
            trainer.Step();
        }

        Assert.NotEqual(
            before.Get<DenseTensor>("block0/cms/1/up").Values.ToArray(), model.Parameters.Save().Get<DenseTensor>("block0/cms/1/up").Values.ToArray());
    }

    [Fact]
    public void Draw_OfAStep_IsTheSameAgainAndAnotherForTheNext()
    {
        TokenWindows windows = TokenWindows.Draw(Text, 3, 5, 7, 11);
        Assert.Equal(windows.Tokens, TokenWindows.Draw(Text, 3, 5, 7, 11).Tokens);
        Assert.NotEqual(windows.Tokens, TokenWindows.Draw(Text, 3, 5, 7, 12).Tokens);
        Assert.NotEqual(windows.Tokens, TokenWindows.Draw(Text, 3, 5, 8, 11).Tokens);
        Assert.Equal(windows.Tokens[1..5], windows.Targets[..4]);
        Assert.Throws<ArgumentException>(() => TokenWindows.Draw(Text.AsMemory(0, 5), 1, 5, 1, 1));
    }

    [Fact]
    public void Validate_EverySettingOutOfRange_NamesThemAll()
    {
        SequenceTrainingSettings settings = new()
        {
            Steps = 0,
            Batch = 0,
            Length = 0,
            LearningRate = 0,
            FinalRate = 2,
            WarmUp = -1,
            WeightDecay = -1,
            MaxGradientNorm = double.NaN,
        };
        Assert.Equal(8, Assert.Throws<InvalidSpecException>(settings.Validate).Violations.Count);
    }

    private static int[] Rule(int count)
    {
        int[] text = [1, 2, .. new int[count - 2]];
        for (int i = 2; i < count; i++)
        {
            text[i] = ((2 * text[i - 1]) + text[i - 2] + 1) % SmallModels.Vocabulary;
        }

        return text;
    }

    private static void AssertSame(TensorSet expected, TensorSet actual)
    {
        foreach (DenseTensor tensor in expected.Cast<DenseTensor>())
        {
            Assert.Equal(tensor.Values.ToArray(), actual.Get<DenseTensor>(tensor.Name).Values.ToArray());
        }
    }
}
