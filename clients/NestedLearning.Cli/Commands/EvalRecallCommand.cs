using System.CommandLine;
using NestedLearning.Cli.Evaluating;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl eval recall</c>.</summary>
internal sealed class EvalRecallCommand
{
    private const string About = """
        A stream is pairs of a key and a value, then keys whose values are asked (MQAR, arXiv
        2312.04927). Each model learns such streams for some steps, and is asked others. The
        rates and steps at which models get it differ much: from guessing one of the stream's
        values to all right it is often a few hundred steps.
        """;

    private static readonly string[] Examples = ["nl eval recall", "nl eval recall --pairs 4,8,16 --mixers hope,titans,delta --steps 3000 --json recall.json"];

    private readonly Option<string> _pairs = new("--pairs") { Description = "How many pairs a stream has; several with commas.", HelpName = "N,N,...", DefaultValueFactory = _ => "4" };
    private readonly Option<int> _keys = new("--keys") { Description = "How many different keys and values there are, 2 to 100,000.", HelpName = "N", DefaultValueFactory = _ => 16 };
    private readonly Option<int> _gap = new("--gap") { Description = "Tokens without meaning between pairs and questions.", HelpName = "N" };
    private readonly StudyArguments _study = new(new StudyDefaults { Steps = 500 });
    private readonly CommandContext _context;

    private EvalRecallCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        EvalRecallCommand self = new(context);
        DocumentedCommand command = new("recall", "Recall the values of keys.", new HelpNotes(About, Examples));
        foreach (Option option in new Option[] { self._pairs, self._keys, self._gap })
        {
            command.Options.Add(option);
        }

        self._study.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        StudyOptions options = _study.Read(parsed);
        int keys = parsed.GetValue(_keys);
        StudyTask[] tasks = Array.ConvertAll(NumberList.Parse("--pairs", parsed.GetValue(_pairs)!, 1, 100_000), pairs =>
        {
            AssociativeRecallTask task = new(new AssociativeRecallSettings { Keys = keys, Values = keys, Pairs = pairs, Queries = pairs, Gap = parsed.GetValue(_gap) });
            return new StudyTask(task, [task]);
        });
        await _study.WriteAsync(parsed, _context, await new TaskStudy(_context, options).ExecuteAsync(tasks, cancellationToken));
        return ExitCode.Success;
    }
}
