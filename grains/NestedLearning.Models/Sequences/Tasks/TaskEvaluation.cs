namespace NestedLearning.Models;

/// <summary>Scores models on tasks. Streams are read in chunks, so that their length costs time and no memory beyond their tokens.</summary>
public static class TaskEvaluation
{
    /// <summary>The tokens of each stream that are read at once when nothing is said.</summary>
    public const int DefaultChunk = 256;

    /// <summary>Scores a model.</summary>
    /// <param name="task">The task.</param>
    /// <param name="batches">Its batches, each from the beginning of its streams.</param>
    /// <param name="model">The model.</param>
    /// <param name="chunk">The tokens of each stream that are read at once, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the model's vocabulary.</exception>
    public static TaskScore Score(this ISequenceTask task, IEnumerable<TaskBatch> batches, SequenceModel model, int chunk = DefaultChunk) =>
        task.Score(batches, batch => new ModelReader(model, batch.Streams), chunk);

    /// <summary>Scores whatever reads streams.</summary>
    /// <param name="task">The task.</param>
    /// <param name="batches">Its batches.</param>
    /// <param name="begin">Makes a reader for the streams of one batch; it is disposed with them.</param>
    /// <param name="chunk">The tokens of each stream that are read at once, 1 or more.</param>
    public static TaskScore Score(this ISequenceTask task, IEnumerable<TaskBatch> batches, Func<TaskBatch, ITaskReader> begin, int chunk = DefaultChunk)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunk, 1);
        TaskScore score = new(0, 0, task.Chance);
        foreach (TaskBatch batch in batches)
        {
            using ITaskReader reader = begin(batch);
            bool[] isRight = Read(batch, reader, chunk);
            score = score with { Answers = score.Answers + isRight.Length, Correct = score.Correct + isRight.Count(right => right) };
        }

        return score;
    }

    private static bool[] Read(TaskBatch batch, ITaskReader reader, int chunk)
    {
        bool[] isRight = new bool[batch.Answers.Count];
        Array.Fill(isRight, true);
        ILookup<int, Expectation> expected = Expectations(batch).ToLookup(one => one.Position / chunk);
        for (int start = 0; start < batch.Length; start += chunk)
        {
            int time = Math.Min(chunk, batch.Length - start);
            Expectation[] now = [.. expected[start / chunk]];
            int[] guesses = reader.Read(Cut(batch, start, time), Array.ConvertAll(now, one => (one.Stream * time) + one.Position - start));
            foreach ((Expectation one, int guess) in now.Zip(guesses))
            {
                isRight[one.Answer] &= guess == one.Target;
            }
        }

        return isRight;
    }

    private static IEnumerable<Expectation> Expectations(TaskBatch batch) => batch.Answers.SelectMany((answer, number) =>
        Enumerable.Range(0, answer.Targets.Length).Select(i => new Expectation(number, answer.Stream, answer.Position + i, answer.Targets.Span[i])));

    /// <summary>The tokens of each stream from one on, [streams, time].</summary>
    private static int[] Cut(TaskBatch batch, int start, int time)
    {
        int[] tokens = new int[batch.Streams * time];
        for (int stream = 0; stream < batch.Streams; stream++)
        {
            batch.Tokens.Slice((stream * batch.Length) + start, time).Span.CopyTo(tokens.AsSpan(stream * time));
        }

        return tokens;
    }

    private readonly record struct Expectation(int Answer, int Stream, int Position, int Target);
}
