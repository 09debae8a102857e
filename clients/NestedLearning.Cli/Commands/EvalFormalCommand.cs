using System.CommandLine;
using NestedLearning.Cli.Evaluating;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl eval formal</c>.</summary>
internal sealed class EvalFormalCommand
{
    private const string About = """
        Words of a formal language, each beginning of which has an answer (arXiv 2207.02098):
        whether there are odd many ones, where on a cycle one is, and so on. Each model learns
        words of one length, and is asked words of that and of other lengths. Who follows the
        state of the word is right at every length.
        """;

    private static readonly string[] Examples = ["nl eval formal", "nl eval formal --languages parity,majority --length 40 --lengths 40,80,400 --steps 2000"];

    private static readonly IReadOnlyDictionary<string, FormalLanguage> Languages =
        Enum.GetValues<FormalLanguage>().ToDictionary(language => new FormalLanguageTask(language, 2).Name);

    private readonly Option<string> _languages = new("--languages") { Description = "The languages, with commas.", HelpName = string.Join('|', Languages.Keys), DefaultValueFactory = _ => "parity,cycle-navigation" };
    private readonly Option<int> _length = new("--length") { Description = "The symbols of the words that are learned, 2 to 1,048,576.", HelpName = "N", DefaultValueFactory = _ => 32 };
    private readonly Option<string> _lengths = new("--lengths") { Description = "The symbols of the words that are asked, with commas.", HelpName = "N,N,...", DefaultValueFactory = _ => "32,128" };
    private readonly StudyArguments _study = new(new StudyDefaults { Steps = 200, Width = 64, Questions = 64 });
    private readonly CommandContext _context;

    private EvalFormalCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        EvalFormalCommand self = new(context);
        DocumentedCommand command = new("formal", "Follow the state of words of formal languages.", new HelpNotes(About, Examples));
        foreach (Option option in new Option[] { self._languages, self._length, self._lengths })
        {
            command.Options.Add(option);
        }

        self._study.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        const int longest = 1 << 20;
        StudyOptions options = _study.Read(parsed);
        int[] lengths = NumberList.Parse("--lengths", parsed.GetValue(_lengths)!, 2, longest);
        int length = NumberList.Parse("--length", FormattableString.Invariant($"{parsed.GetValue(_length)}"), 2, longest)[0];
        StudyTask[] tasks = Array.ConvertAll(parsed.GetValue(_languages)!.Split(','), name =>
        {
            FormalLanguage language = Languages.TryGetValue(name, out FormalLanguage known)
                ? known
                : throw new UsageException($"--languages is '{name}'; accepted: {string.Join(", ", Languages.Keys)}.");
            return new StudyTask(new FormalLanguageTask(language, length), [.. lengths.Select(asked => new FormalLanguageTask(language, asked))]);
        });
        await _study.WriteAsync(parsed, _context, await new TaskStudy(_context, options).ExecuteAsync(tasks, cancellationToken));
        return ExitCode.Success;
    }
}
