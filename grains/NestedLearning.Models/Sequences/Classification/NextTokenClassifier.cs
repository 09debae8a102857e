using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A sequence model that says a text's class as the token after it, and learns to by gradients of all its parameters, batch by batch as the
/// texts come: what forgets, where a memory over keys that stay does not. Not safe for concurrent use.
/// </summary>
public sealed class NextTokenClassifier : IDisposable
{
    /// <summary>The texts that are read at once when they are only asked.</summary>
    private const int AtOnce = 64;

    private readonly SequenceModel _model;
    private readonly SequenceLearner _learner;
    private readonly ITokenizer _tokenizer;
    private readonly int _batch;
    private int _seen;

    /// <summary>A classifier that has learned nothing.</summary>
    /// <param name="backend">Where it computes.</param>
    /// <param name="settings">The model's shape; its vocabulary becomes the tokenizer's and the classes.</param>
    /// <param name="training">How it learns.</param>
    /// <param name="tokenizer">What makes tokens of texts.</param>
    /// <param name="classes">How many classes there will be, 1 or more.</param>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public NextTokenClassifier(ITensorBackend backend, SequenceSettings settings, SequenceTrainingSettings training, ITokenizer tokenizer, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        training.Validate();
        _model = new SequenceModel(backend, settings with { Vocabulary = tokenizer.Vocabulary + classes }, training.Seed);
        _learner = new SequenceLearner(_model, training);
        _tokenizer = tokenizer;
        _batch = training.Batch;
    }

    /// <summary>Learns a stream in one pass, task after task, and measures all tasks so far after each.</summary>
    /// <param name="stream">Tasks of texts, of as many classes as were announced.</param>
    /// <param name="report">Hears how many events have been learned, and the loss of the last batch in nats; it may throw to stop.</param>
    /// <exception cref="InvalidInputException">An example is no text.</exception>
    public AccuracyMatrix Run(TaskStream stream, Action<int, double>? report = null)
    {
        AccuracyMatrix accuracy = new([.. stream.Tasks.Select(task => task.Test.Count)]);
        int events = 0;
        for (int now = 0; now < stream.Tasks.Count; now++)
        {
            foreach (Example[] batch in stream.Tasks[now].Train.Chunk(_batch))
            {
                double loss = Learn(TextsOf(batch), [.. batch.Select(example => stream.ClassOf(example.Label))]);
                report?.Invoke(events += batch.Length, loss);
            }

            accuracy.Finish([.. stream.Tasks.Take(now + 1).Select(task => Correct(task.Test, stream))]);
        }

        return accuracy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _learner.Dispose();
        _model.Dispose();
    }

    private static string[] TextsOf(IReadOnlyList<Example> examples) => [.. examples.Select(example =>
        (example.Input as TextInput ?? throw new InvalidInputException("input", "holds features", "texts")).Text)];

    /// <summary>Learns one batch; texts are filled up behind the class, where nothing is asked.</summary>
    private double Learn(string[] texts, int[] labels)
    {
        int[][] tokens = Array.ConvertAll(texts, Tokens);
        int length = tokens.Max(text => text.Length);
        int[] all = new int[texts.Length * length];
        var answers = new TaskAnswer[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            tokens[i].CopyTo(all, i * length);
            answers[i] = new TaskAnswer(i, tokens[i].Length - 1, new[] { _tokenizer.Vocabulary + labels[i] });
        }

        _seen = Math.Max(_seen, labels.Max() + 1);
        return _learner.Step(all, texts.Length, new TaskBatch(texts.Length, all, answers).Loss);
    }

    private int Correct(IReadOnlyList<Example> examples, TaskStream stream)
    {
        int[][] tokens = Array.ConvertAll(TextsOf(examples), Tokens);
        int correct = 0;
        foreach (int[] batch in SameLength.Batches(tokens, AtOnce))
        {
            using Tape tape = new(_model.Backend);
            using IDisposable pause = tape.NoGradient();
            Variable logits = _model.Read(tape, SameLength.Tokens(tokens, batch), batch.Length).Logits;
            float[] last = logits.Slice(1, logits.Shape[1] - 1, 1).ToArray();
            for (int i = 0; i < batch.Length; i++)
            {
                // Only classes that have been learned can be the answer, as with every learner.
                int answer = Vectors.ArgMax(last.AsSpan((i * logits.Shape[2]) + _tokenizer.Vocabulary, _seen));
                correct += answer == stream.ClassOf(examples[batch[i]].Label) ? 1 : 0;
            }
        }

        return correct;
    }

    /// <summary>A text and the end of its line, after which the class comes; so an empty text has a token, too.</summary>
    private int[] Tokens(string text) => _tokenizer.Encode(text + "\n");
}
