using System.CommandLine;
using NestedLearning.Cli.Evaluating;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl eval classes</c>.</summary>
internal sealed class EvalClassesCommand
{
    private const string About = """
        Classes that come task after task, of texts whose keys a sequence model makes by reading
        them. memories: the key is all that the text has written to the model's memories.
        hidden: it is what the last block makes of the bytes, their mean, largest and last. The
        encoder has random parameters (untrained), or has learned to expect the bytes of the
        training texts, without their labels, for --steps (language); or it learns to say the
        class itself, by gradients of all its parameters (gradient). Beside it, the hashed
        features of the classifier.
        """;

    private static readonly string[] Examples =
    [
        "nl eval classes --data clinc150.jsonl",
        "nl eval classes --data clinc150.jsonl --mixers hope,delta --encoders untrained --learners nested,softmax,nearest-mean --json result.json",
    ];

    private static readonly IReadOnlyDictionary<string, EncoderKind> Encoders = Enum.GetValues<EncoderKind>().ToDictionary(kind => kind.ToString().ToLowerInvariant());

    private static readonly IReadOnlyDictionary<string, TextKey> Keys = Enum.GetValues<TextKey>().ToDictionary(key => key.ToString().ToLowerInvariant());

    private readonly DataArguments _data = new();
    private readonly Option<string> _encoders = new("--encoders") { Description = "How models become encoders.", HelpName = string.Join('|', Encoders.Keys), DefaultValueFactory = _ => "untrained,gradient" };
    private readonly Option<string> _keys = new("--keys") { Description = "What of a model is the key; softmax attention has no memories.", HelpName = string.Join('|', Keys.Keys), DefaultValueFactory = _ => "memories,hidden" };
    private readonly Option<string> _learners = new("--learners") { Description = $"What learns classes by keys: {ClassesStudy.Nested}, {string.Join(", ", BaselineCatalog.Names)}.", HelpName = "NAME,...", DefaultValueFactory = _ => $"{ClassesStudy.Nested},softmax" };
    private readonly Option<float> _ridge = new("--ridge") { Description = "The ridge of the exact memory for keys of models; that of hashed features is the classifier's.", HelpName = "NUMBER", DefaultValueFactory = _ => 0.001f };
    private readonly StudyArguments _study = new(new StudyDefaults { Mixers = "hope", Steps = 400, Batch = 16, Blocks = 1, Questions = null });
    private readonly CommandContext _context;

    private EvalClassesCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        EvalClassesCommand self = new(context);
        DocumentedCommand command = new("classes", "Learn classes task after task, with a sequence model as the encoder of texts.", new HelpNotes(About, Examples));
        self._data.AddTo(command);
        foreach (Option option in new Option[] { self._encoders, self._keys, self._learners, self._ridge })
        {
            command.Options.Add(option);
        }

        self._study.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _data.Check(parsed);
        StudyOptions study = _study.Read(parsed);

        // One-sided targets gain a point with hashed keys, and lose three with dense ones, whose scores are less certain.
        ClassifierSpec classifier = new() { Ridge = parsed.GetValue(_ridge), OneSidedTargets = false };
        classifier.Validate();
        string[] learners = parsed.GetValue(_learners)!.Split(',');
        if (Array.Find(learners, name => name != ClassesStudy.Nested && !BaselineCatalog.Names.Contains(name)) is { } unknown)
        {
            throw new UsageException($"--learners is '{unknown}'; accepted: {ClassesStudy.Nested}, {string.Join(", ", BaselineCatalog.Names)}.");
        }

        ClassesOptions options = new(study, Chosen(parsed, _encoders, Encoders), Chosen(parsed, _keys, Keys), learners, classifier);
        TaskStream stream = await _data.ReadAsync(parsed, classifier, (int)study.Training.Seed, cancellationToken);
        if (stream.Tasks.SelectMany(task => task.Train.Concat(task.Test)).Any(example => example.Input is not TextInput))
        {
            throw new UsageException("--data holds features; accepted: texts.");
        }

        await _study.WriteAsync(parsed, _context, await new ClassesStudy(_context, options, stream, cancellationToken).ExecuteAsync());
        return ExitCode.Success;
    }

    private static T[] Chosen<T>(ParseResult parsed, Option<string> option, IReadOnlyDictionary<string, T> known) =>
        Array.ConvertAll(parsed.GetValue(option)!.Split(','), name => known.TryGetValue(name, out T? value)
            ? value
            : throw new UsageException($"{option.Name} is '{name}'; accepted: {string.Join(", ", known.Keys)}."));
}
