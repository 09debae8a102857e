using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Tasks;

public class TaskEvaluationTests
{
    public static TheoryData<MixerKind> Kinds => SmallModels.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_InChunksOfAnyLength_IsThatOfTheWhole(MixerKind kind)
    {
        FormalLanguageTask task = new(FormalLanguage.Parity, 60);
        SequenceSettings settings = SmallModels.Settings(kind) with { Vocabulary = task.Vocabulary };
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), settings);
        TaskBatch batch = task.ForTesting(3).First();

        float[] logits = SmallModels.Logits(model, batch.Tokens.ToArray(), 3);
        int expected = batch.Answers.Count(answer =>
        {
            float[] all = [.. logits.Skip(((answer.Stream * 60) + answer.Position) * 4).Take(4)];
            return all[answer.Targets.Span[0]] == all.Max();
        });

        Assert.Equal(new TaskScore(180, expected, 0.5), task.Score([batch], model, chunk: 7));
        Assert.Equal(new TaskScore(180, expected, 0.5), task.Score([batch], model));
    }

    [Fact]
    public void Loss_OfABatch_IsThatOfItsAnswersAlone()
    {
        using Tape tape = new(new ManagedBackend());
        float[] logits = [0, 1, 2, 5, 5, 5, -1, 0, 3, 2, 2, 0];
        TaskBatch batch = new(2, new[] { 0, 1, 2, 0 }, [new TaskAnswer(0, 0, new[] { 1 }), new TaskAnswer(1, 0, new[] { 2, 1 })]);
        double expected = (NegativeLog(logits[..3], 1) + NegativeLog(logits[6..9], 2) + NegativeLog(logits[9..], 1)) / 3;
        Assert.Equal(expected, batch.Loss(tape.Own(tape.Backend.Create([2, 2, 3], logits))).ToArray()[0], 1e-6);
    }

    [Fact]
    public void Score_WithoutAChunk_IsRefused()
    {
        FormalLanguageTask task = new(FormalLanguage.Parity, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => task.Score([], _ => new ConstantReader(0), chunk: 0));
        Assert.Equal(0, task.Score([], _ => new ConstantReader(0)).Accuracy);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void ForTraining_SeedOutOfRange_IsRefused(int seed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FormalLanguageTask(FormalLanguage.Parity, 4).ForTraining(1, seed));

    private static double NegativeLog(float[] logits, int target) => Math.Log(logits.Sum(logit => Math.Exp(logit))) - logits[target];
}
