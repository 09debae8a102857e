namespace NestedLearning.Models.Tests.Sequences.Tasks;

/// <summary>Answers every question with one token.</summary>
internal sealed class ConstantReader(int token) : ITaskReader
{
    public int[] Read(ReadOnlyMemory<int> tokens, ReadOnlyMemory<int> asked) => [.. Enumerable.Repeat(token, asked.Length)];

    public void Dispose()
    {
    }
}

/// <summary>Remembers its streams, one after the other, and has a rule for the token that comes after the first so many.</summary>
internal sealed class OracleReader(int streams, Func<int[], int> rule) : ITaskReader
{
    private readonly List<int>[] _read = [.. Enumerable.Range(0, streams).Select(_ => new List<int>())];

    public int[] Read(ReadOnlyMemory<int> tokens, ReadOnlyMemory<int> asked)
    {
        int time = tokens.Length / streams;
        int before = _read[0].Count;
        for (int stream = 0; stream < streams; stream++)
        {
            _read[stream].AddRange(tokens.Slice(stream * time, time).ToArray());
        }

        return Array.ConvertAll(asked.ToArray(), i => rule([.. _read[i / time].Take(before + (i % time) + 1)]));
    }

    public void Dispose()
    {
    }
}

/// <summary>What tests ask of any task.</summary>
internal static class TaskAssert
{
    public static void IsAllRight(ISequenceTask task, Func<int[], int> rule, int chunk = 7)
    {
        TaskScore score = task.Score(task.ForTesting(3).Take(4), batch => new OracleReader(batch.Streams, rule), chunk);
        Assert.True(score.Answers > 0);
        Assert.Equal(1, score.Accuracy);
    }

    /// <summary>That the best constant guess is at the chance level.</summary>
    public static void HasChance(ISequenceTask task, IEnumerable<int> guesses, double tolerance)
    {
        TaskBatch[] batches = [.. task.ForTesting(50).Take(20)];
        double best = guesses.Max(guess => task.Score(batches, _ => new ConstantReader(guess)).Accuracy);
        Assert.InRange(best, task.Chance - tolerance, task.Chance + tolerance);
    }

    public static void IsWellFormed(ISequenceTask task)
    {
        TaskBatch batch = task.ForTraining(5, seed: 3).First();
        TaskBatch same = task.ForTraining(5, seed: 3).First();
        Assert.Equal(5 * task.Length, batch.Tokens.Length);
        Assert.Equal(batch.Tokens.ToArray(), same.Tokens.ToArray());
        Assert.Equal(batch.Answers.Select(answer => answer.Targets.ToArray()), same.Answers.Select(answer => answer.Targets.ToArray()));
        Assert.All(batch.Tokens.ToArray(), token => Assert.InRange(token, 0, task.Vocabulary - 1));
        Assert.NotEqual(batch.Tokens.ToArray(), task.ForTraining(5, seed: 4).First().Tokens.ToArray());
        Assert.NotEqual(batch.Tokens.ToArray(), task.ForTesting(5, seed: 3).First().Tokens.ToArray());
        Assert.NotEqual(batch.Tokens.ToArray(), task.ForTraining(5, seed: 3).ElementAt(1).Tokens.ToArray());
        Assert.All(batch.Answers, answer =>
        {
            Assert.InRange(answer.Stream, 0, 4);
            Assert.InRange(answer.Position, 0, task.Length - answer.Targets.Length);
            Assert.All(answer.Targets.ToArray(), target => Assert.InRange(target, 0, task.Vocabulary - 1));

            // Where an answer is longer than a token, the stream goes on with it.
            ReadOnlySpan<int> stream = batch.Tokens.Span.Slice(answer.Stream * task.Length, task.Length);
            Assert.Equal(answer.Targets.Span[..^1], stream.Slice(answer.Position + 1, answer.Targets.Length - 1));
        });
        Assert.Matches("^[a-z0-9-]+$", task.Name);
    }
}
