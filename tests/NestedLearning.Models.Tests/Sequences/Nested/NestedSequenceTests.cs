using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Nested;

public class NestedSequenceTests
{
    private const string Embedding = "embedding";

    private static readonly LevelId Fast = SequenceSpec.LevelOf(1);
    private static readonly SequenceSpec Exact = new(SmallModels.Settings(MixerKind.Delta) with { Periods = [1, 4] })
    {
        Training = new SequenceTrainingSettings { LearningRate = 1e-2 },
    };

    private static readonly SequenceSpec Local = Exact with { LocalSteps = 1 };

    public static TheoryData<ModelInput> NoWindows =>
    [
        new TextInput("text"),
        new TokenInput(new[] { 1, 2, 3 }, 2),
        new TokenInput(new[] { 1, 2, 3 }, 0),
        new TokenInput(new[] { 1, 2, 3 }, 3),
        new TokenInput(new[] { 1, SmallModels.Vocabulary }, 1),
        new TokenInput(new[] { -1, 1 }, 1),
    ];

    [Theory]
    [MemberData(nameof(NoWindows))]
    public void Step_NoWindowsOfItsTokens_RefusesAndLearnsNothing(ModelInput input)
    {
        INestedModel model = Open(Exact);

        Assert.Throws<InvalidInputException>(() => model.Step(input, ""));
        Assert.Equal((0, 0), (model.Pending(Fast), model.Loss));
    }

    [Fact]
    public void Drain_AfterSteps_SumsTheirGradientsAndForgetsThem()
    {
        INestedModel model = Open(Exact);
        float[] first = Learned(Windows(1));
        float[] second = Learned(Windows(2));
        model.Step(Windows(1), "");
        model.Step(Windows(2), "");

        Contribution both = model.Drain(Fast, 1);

        Assert.Equal(2, both.Events);
        SmallModels.AssertClose([.. first.Zip(second, (a, b) => a + b)], Values(both), 1e-6);
        Contribution none = model.Drain(Fast, 2);
        Assert.Equal((0, 2), (none.Events, model.Pending(SequenceSpec.LevelOf(4))));
        Assert.All(Values(none), value => Assert.Equal(0, value));

        static float[] Learned(TokenInput windows)
        {
            INestedModel alone = Open(Exact);
            alone.Step(windows, "");
            return Values(alone.Drain(Fast, 1));
        }
    }

    [Fact]
    public void Adopt_WhileMovementsAreInNoVersion_KeepsThemOnTop()
    {
        INestedModel model = Open(Local);
        float[] start = Parameters(model);
        model.Step(Windows(1), "");
        float[] sent = Values(model.Drain(Fast, 1));
        model.Step(Windows(2), "");
        float[] unsent = [.. Parameters(model).Zip(start.Zip(sent, (a, b) => a + b), (now, before) => now - before)];

        model.Adopt(Fast, Version(1, 0.5f), foldedThrough: 0);
        SmallModels.AssertClose([.. sent.Zip(unsent, (a, b) => 0.5f + a + b)], Parameters(model), 1e-6);

        model.Adopt(Fast, Version(2, 0.25f), foldedThrough: 1);
        SmallModels.AssertClose([.. unsent.Select(value => 0.25f + value)], Parameters(model), 1e-6);
        SmallModels.AssertClose(unsent, Values(model.Drain(Fast, 2)), 1e-6);

        model.Adopt(Fast, Version(3, 0.125f), foldedThrough: 2);
        Assert.All(Parameters(model), value => Assert.Equal(0.125f, value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_AndAdoptTheSameVersion_GoesOnToTheBit(bool isLocal)
    {
        SequenceSpec spec = isLocal ? Local : Exact;
        INestedModel model = Open(spec);
        model.Step(Windows(1), "");
        model.Drain(Fast, 1);
        model.Step(Windows(2), "");
        INestedModel restored = spec.CreateModel(1);
        restored.Load(model.Save());
        foreach (LevelSpec level in spec.Levels)
        {
            restored.Adopt(level.Id, new LevelVersion(0, 0, spec.CreateSharedLevel(level.Id, 1).Solve()), 0);
        }

        model.Step(Windows(3), "");
        restored.Step(Windows(3), "");

        Assert.Equal(model.Loss, restored.Loss);
        Assert.Equal(Values(model.Drain(Fast, 2)), Values(restored.Drain(Fast, 2)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_TextOfSeveralGroups_LearnsAsFromAllAtOnce(bool isLocal)
    {
        SequenceSpec spec = (isLocal ? Local : Exact) with { Tokenizer = new SequenceModelTokenizer("characters", new Dictionary<string, IReadOnlyList<string>> { ["characters"] = ["abcdefg"] }) };
        string text = string.Concat(Enumerable.Range(0, 29).Select(i => (char)('a' + (i * i % 7))));
        INestedModel grouped = Open(spec with { Training = spec.Training with { Length = 7, Batch = 2 } });
        INestedModel whole = Open(spec with { Training = spec.Training with { Length = 7, Batch = 4 } });

        grouped.Step(new TextInput(text), "");
        whole.Step(new TextInput(text), "");

        Assert.Equal(whole.Loss, grouped.Loss, 1e-5);
        Assert.Equal(28, grouped.CodeLength.Bytes);
        Assert.Equal(grouped.Loss * 28 / Math.Log(2), grouped.CodeLength.Bits, 1e-6);
        SmallModels.AssertClose(Values(whole.Drain(Fast, 1)), Values(grouped.Drain(Fast, 1)), isLocal ? 1e-3 : 1e-5);
        INestedModel restored = spec.CreateModel(1);
        restored.Load(grouped.Save());
        Assert.Equal(grouped.CodeLength, restored.CodeLength);
        Assert.Throws<InvalidInputException>(() => grouped.Step(new TextInput("abz"), ""));
        Assert.Throws<InvalidInputException>(() => grouped.Step(new TextInput(new string('a', SequenceSpec.MaxTextTokens + 1)), ""));
    }

    [Fact]
    public void Predict_Window_AnswersTheMostLikelyTokenAfterIt()
    {
        INestedModel model = Open(Exact);
        using SequenceModel same = new(new ManagedBackend(), Exact.Model, Exact.Training.Seed);
        float[] logits = SmallModels.Logits(same, [1, 2, 3], streams: 1)[^SmallModels.Vocabulary..];

        Prediction prediction = model.Predict(new TokenInput(new[] { 1, 2, 3 }, 1));

        Assert.Equal($"{Vectors.ArgMax(logits)}", prediction.Label);
        Assert.InRange(prediction.Score, -Math.Log(SmallModels.Vocabulary), 0);
    }

    private static INestedModel Open(SequenceSpec spec)
    {
        INestedModel model = spec.CreateModel(1);
        foreach (LevelSpec level in spec.Levels)
        {
            model.Adopt(level.Id, new LevelVersion(0, 0, spec.CreateSharedLevel(level.Id, 1).Solve()), 0);
        }

        return model;
    }

    private static LevelVersion Version(long number, float value)
    {
        TensorSet tensors = [];
        foreach (DenseTensor tensor in Local.CreateSharedLevel(Fast, 1).Solve().Cast<DenseTensor>())
        {
            float[] values = new float[tensor.Values.Length];
            Array.Fill(values, value);
            tensors.Add(tensor with { Values = values });
        }

        return new LevelVersion(number, number, tensors);
    }

    private static TokenInput Windows(int seed) => new(SmallModels.Tokens(20, seed), 4);

    private static float[] Values(Contribution contribution) => contribution.Tensors.Get<DenseTensor>(Embedding).Values.ToArray();

    private static float[] Parameters(INestedModel model) => model.Save().Get<DenseTensor>($"learner/{Embedding}").Values.ToArray();
}
