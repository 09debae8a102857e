using System.Numerics;
using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Evaluating;

/// <summary>Lets sequence models make the keys of a stream of classes, and learners learn it by them.</summary>
internal sealed class ClassesStudy(CommandContext context, ClassesOptions options, TaskStream stream, CancellationToken cancellationToken)
{
    /// <summary>The name of the learner with an exact slow memory.</summary>
    public const string Nested = "nested";

    private readonly ManagedBackend _backend = new(options.Study.Threads);
    private readonly ByteTokenizer _tokenizer = new();
    private readonly ProgressDisplay _progress = new(context.Console, context.Time);
    private readonly Example[] _examples = [.. stream.Tasks.SelectMany(task => task.Train.Concat(task.Test))];
    private readonly List<ClassesResult> _results = [];

    private int Events => stream.Tasks.Sum(task => task.Train.Count);

    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<ClassesReport> ExecuteAsync()
    {
        await LearnAsync("none", "hashed text", stream, ClassifierSpec.DefaultFeatures);
        foreach (StudyModel model in options.Study.Models)
        {
            foreach (EncoderKind kind in options.Encoders)
            {
                await (kind == EncoderKind.Gradient ? LearnByGradientAsync(model) : EncodeAsync(model, kind));
            }
        }

        return new ClassesReport([.. stream.Tasks.Select(task => task.Name)], stream.Classes.Count, Events, 1.0 / stream.Classes.Count, options.Study.Training, _results);
    }

    private async Task EncodeAsync(StudyModel model, EncoderKind kind)
    {
        string name = $"{model.Name}, {(kind == EncoderKind.Untrained ? "untrained" : "a language model")}";
        using SequenceModel encoding = new(_backend, model.Settings with { Vocabulary = _tokenizer.Vocabulary }, options.Study.Training.Seed);
        if (kind == EncoderKind.Language)
        {
            await ShowAsync(name, "steps", options.Study.Training.Steps, sink => LearnLanguage(encoding, sink));
        }

        foreach (TextKey key in options.Keys.Where(key => key != TextKey.Memories || model.Settings.HasMatrixMemories))
        {
            TextEncoder encoder = new(encoding, _tokenizer, key);
            IReadOnlyList<SparseVector> keys = await ShowAsync($"{name}, {Name(key)}", "texts", _examples.Length, sink => encoder.Encode(
                [.. _examples.Select(example => ((TextInput)example.Input).Text)], read => Report(sink, read)));
            TaskStream encoded = TaskStream.InOrder(
                _examples.Zip(keys, (example, made) => example with { Input = new FeatureInput(made) }), [.. stream.Tasks.Select(task => task.Name)]);
            await LearnAsync(name, Name(key), encoded, encoder.Features);
        }
    }

    /// <summary>Every learner on the same keys.</summary>
    private async Task LearnAsync(string encoder, string key, TaskStream keyed, int length)
    {
        int features = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, ClassifierSpec.LeastFeatures));
        ClassifierSpec spec = (keyed == stream ? new ClassifierSpec() : options.Classifier) with { Features = features };
        KeyedTaskStream keys = KeyedTaskStream.Create(keyed, new TextFeaturizer(features), cancellationToken);
        string named = FormattableString.Invariant($"{key}, {length:N0}");
        foreach (string learner in options.Learners)
        {
            BaselineResult result = await ShowAsync($"{encoder}, {key}, {learner}", "events", Events, sink =>
            {
                void Hear(ContinualProgress progress) => Report(sink, progress.Events);
                return learner == Nested
                    ? Result(ContinualEvaluation.Run(new NestedLearner(spec, options.Study.Threads), keys, Hear, cancellationToken))
                    : BaselineCatalog.Run(learner, keys, (int)options.Study.Training.Seed, Hear, cancellationToken);
            });
            _results.Add(new ClassesResult(encoder, named, learner, result.FinalAccuracy, result.AverageForgetting, result.Accuracy?.ToRows()));
        }
    }

    private async Task LearnByGradientAsync(StudyModel model)
    {
        // The end of a stream is not known, so the rate stays.
        SequenceTrainingSettings training = options.Study.Training with { Steps = Events, FinalRate = 1 };
        using NextTokenClassifier classifier = new(_backend, model.Settings, training, _tokenizer, stream.Classes.Count);
        AccuracyMatrix accuracy = await ShowAsync($"{model.Name}, by gradient", "events", Events, sink => classifier.Run(stream, (events, loss) =>
            Report(sink, events, FormattableString.Invariant($"loss {loss:F3}"))));
        _results.Add(ClassesResult.Of(model.Name, null, "gradients of all parameters", accuracy));
    }

    private long LearnLanguage(SequenceModel model, IProgressSink sink)
    {
        int[] text = _tokenizer.Encode(string.Join('\n', _examples.Where(example => !example.IsTest).Select(example => ((TextInput)example.Input).Text)));
        using SequenceTrainer trainer = new(model, options.Study.Training, text);
        while (trainer.Steps < options.Study.Training.Steps)
        {
            double loss = trainer.Step();
            Report(sink, (int)trainer.Steps, FormattableString.Invariant($"loss {loss:F3}"));
        }

        return trainer.Steps;
    }

    private static BaselineResult Result(ContinualResult result) =>
        new(result.Learner, result.Accuracy.FinalAccuracy, result.Accuracy.AverageForgetting, result.Prequential.Value, result.Accuracy);

    private static string Name(TextKey key) => key == TextKey.Memories ? "memories" : "hidden";

    private void Report(IProgressSink sink, int done, string? note = null)
    {
        cancellationToken.ThrowIfCancellationRequested();
        sink.Report(done, note);
    }

    private Task<T> ShowAsync<T>(string title, string unit, long total, Func<IProgressSink, T> work) =>
        _progress.RunAsync(title, unit, total, sink => Task.Run(() => work(sink), CancellationToken.None));
}
