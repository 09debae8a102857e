using System.Diagnostics;
using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Evaluating;
using NestedLearning.Cli.Training.Sequences;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Demonstrating;

/// <summary>
/// <c>nl demo --hope</c>: a small Hope learns a language over the tiers, writes some of it, and then learns languages one after the other, plain
/// and as tenants; a Transformer of about the same size sees the same.
/// </summary>
internal sealed class HopeDemo(CommandContext context, HopeDemoOptions options)
{
    private const double SharedRate = 0.1;

    private static readonly SequenceSettings Hope = new(new ByteTokenizer().Vocabulary) { Width = 64, Blocks = 2, Hidden = 64 };
    private static readonly SequenceSettings Transformer = SequenceSettings.Transformer(Hope.Vocabulary) with { Width = 64, Blocks = 2, Hidden = 172 };
    private static readonly SequenceTrainingSettings Training = new() { Batch = 16, LearningRate = 2e-3 };

    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<HopeDemoReport> ExecuteAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<ContinualText> texts = await LanguageTexts.ReadMessagesAsync(options.Languages, options.HeldBytes, Training.Length, cancellationToken);
        ContinualText first = texts[0];
        SequenceText text = new(new ByteTokenizer(), first.Learned, first.Held, first.Name);

        Head(FormattableString.Invariant($"{options.Workers} workers learn '{first.Name}' over the tiers"));
        SequenceRunOptions tiered = Options("hope", Hope) with { Tiers = Tiers };
        TierRun run = new(context, tiered, Tiers, text);
        SequenceReport hope = await MeasuredAsync(() => run.ExecuteAsync(cancellationToken));
        Head("A Transformer learns it alone");
        SequenceReport transformer = await MeasuredAsync(() => new SequenceRun(context, Options("transformer", Transformer), text).ExecuteAsync(cancellationToken));
        HopeDemoSample sample = Sample(run.Parameters, first, cancellationToken);
        HopeDemoReport report = new(first.Name, hope, transformer, sample);
        report.WriteTiers(context.Console);

        Head(FormattableString.Invariant($"{texts.Count} languages, one after the other"));
        LanguagesStudy study = new(
            context,
            new StudyOptions([new StudyModel("hope", Hope), new StudyModel("transformer", Transformer)], Training with { Steps = options.Steps }) { Questions = 1, Threads = options.Threads },
            SharedRate);
        LanguagesReport languages = await study.ExecuteAsync(texts, [("plain", ContinualWay.Plain), ("tenants", ContinualWay.Tenants)], cancellationToken);
        report = report with { Languages = languages, Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
        report.WriteLanguages(context.Console);
        return report;
    }

    private static async Task<SequenceReport> MeasuredAsync(Func<Task<SequenceReport>> run)
    {
        long start = Stopwatch.GetTimestamp();
        return await run() with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds };
    }

    private SequenceTiers Tiers => new(options.Workers, LocalSteps: 0, new OuterSettings(), new UpdateEncodings(), FloatEncoding.Float32);

    private SequenceRunOptions Options(string name, SequenceSettings model) => new(model, Training with { Steps = options.TierSteps })
    {
        Name = name,
        Threads = options.Threads,
        EvaluateEvery = Math.Max(1, (int)options.TierSteps / 4),
    };

    private void Head(string title)
    {
        context.Console.WriteLine();
        context.Console.Write(new Text(title + Environment.NewLine, new Style(decoration: Decoration.Bold)));
    }

    /// <summary>Goes on with the beginning of what was not learned.</summary>
    private static HopeDemoSample Sample(TensorSet parameters, ContinualText text, CancellationToken cancellationToken)
    {
        const int promptBytes = 96;
        using SequenceModel model = new(new ManagedBackend(1), Hope);
        model.Parameters.Load(parameters);
        ITokenizer tokenizer = new ByteTokenizer();
        using TextGenerator generator = new(model, tokenizer);
        string beginning = tokenizer.Decode(text.Held[..Math.Min(promptBytes, text.Held.Length)].Span);
        string prompt = beginning[..(beginning.LastIndexOf(' ') + 1)];
        string continued = string.Concat(generator.Generate(
            prompt.Length == 0 ? beginning : prompt, new GenerationOptions { Temperature = 0.6, MaxTokens = 200 }, cancellationToken));
        return new HopeDemoSample(prompt, continued);
    }
}
