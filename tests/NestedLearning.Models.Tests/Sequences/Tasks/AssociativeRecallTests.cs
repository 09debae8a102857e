using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Tasks;

public class AssociativeRecallTests
{
    private static readonly AssociativeRecallTask Task = new(new AssociativeRecallSettings { Keys = 12, Values = 6, Pairs = 8, Queries = 5, Gap = 3 });

    [Fact]
    public void Draw_Streams_HavePairsThenGapThenQueries()
    {
        TaskAssert.IsWellFormed(Task);
        TaskBatch batch = Task.ForTraining(20).First();
        Assert.Equal(16 + 3 + 9, Task.Length);
        Assert.Equal(19, Task.Vocabulary);
        Assert.Equal(20 * 5, batch.Answers.Count);
        for (int stream = 0; stream < 20; stream++)
        {
            int[] tokens = batch.Tokens.Slice(stream * Task.Length, Task.Length).ToArray();
            int[] keys = [.. Enumerable.Range(0, 8).Select(i => tokens[2 * i])];
            int[] asked = [.. Enumerable.Range(0, 5).Select(i => tokens[19 + (2 * i)])];
            Assert.All(keys, key => Assert.InRange(key, 1, 12));
            Assert.Equal(8, keys.Distinct().Count());
            Assert.All(Enumerable.Range(0, 8), i => Assert.InRange(tokens[(2 * i) + 1], 13, 18));
            Assert.Equal([0, 0, 0], tokens[16..19]);
            Assert.Equal(5, asked.Intersect(keys).Count());
            Assert.Equal([19, 21, 23, 25, 27], batch.Answers.Where(answer => answer.Stream == stream).Select(answer => answer.Position));
            Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(Recall(tokens[..(20 + (2 * i))]), tokens[20 + (2 * i)]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public void Score_OfOneWhoRecalls_Is1(int chunk) => TaskAssert.IsAllRight(Task, Recall, chunk);

    [Fact]
    public void Score_OfAConstant_IsChance()
    {
        Assert.Equal(1.0 / 6, Task.Chance, 1e-12);
        TaskAssert.HasChance(Task, [13, 18], 0.03);
    }

    [Fact]
    public void Create_EverySettingOutOfRange_NamesThemAll()
    {
        AssociativeRecallSettings settings = new() { Keys = 0, Values = 1, Pairs = 9, Queries = 10, Gap = -1 };
        InvalidTaskException error = Assert.Throws<InvalidTaskException>(() => new AssociativeRecallTask(settings));
        Assert.Equal(5, error.Violations.Count);
        Assert.Contains("Queries is 10, accepted: 1 to 9", error.Violations);
    }

    [Fact]
    public void Training_OfASmallDeltaModel_BeatsChanceAndTheValuesAlone()
    {
        AssociativeRecallTask task = new(new AssociativeRecallSettings { Keys = 8, Values = 8, Pairs = 2, Queries = 2 });
        SequenceSettings settings = new(task.Vocabulary)
        {
            Mixer = MixerKind.Delta,
            Width = 32,
            Blocks = 1,
            Heads = 1,
            Periods = [],
            Hidden = 32,
        };
        using SequenceModel model = new(new ManagedBackend(), settings, seed: 1);
        TaskScore before = task.Score(task.ForTesting(64).Take(4), model);
        using TaskTrainer trainer = new(model, new SequenceTrainingSettings { Steps = 200, LearningRate = 2e-2, WarmUp = 20 }, task.ForTraining(64).Take(200));
        while (trainer.Steps < 200)
        {
            trainer.Step();
        }

        TaskScore after = task.Score(task.ForTesting(64).Take(4), model);

        // One who has kept the values, but not whose they are, is right in 1/2 + 1/2 · 1/8 of the first answers, and has the second as the other.
        Assert.Equal(4 * 64 * 2, after.Answers);
        Assert.InRange(before.Accuracy, 0, 0.3);
        Assert.InRange(after.Accuracy, 0.9, 1);
        Assert.Throws<InvalidOperationException>(() => trainer.Step());
    }

    /// <summary>The token after the first place where the last token was.</summary>
    private static int Recall(int[] tokens) => tokens[Array.IndexOf(tokens, tokens[^1]) + 1];
}
