namespace NestedLearning.Models;

/// <summary>
/// A formal language: random words of which every beginning has an answer. Who follows the state of the word is right at every length, so
/// it is usual to train on short words and to test on longer ones.
/// </summary>
/// <remarks>The symbols are the tokens from 0 on; then come the answers, which no stream contains.</remarks>
public sealed class FormalLanguageTask : ISequenceTask
{
    private readonly FormalLanguage _language;
    private readonly Automaton _automaton;
    private readonly Lazy<double> _chance;

    /// <summary>Words of <paramref name="length"/> symbols, 1 to 1,048,576.</summary>
    /// <exception cref="InvalidTaskException">At least one setting is out of its range.</exception>
    public FormalLanguageTask(FormalLanguage language, int length)
    {
        TaskViolations violations = new();
        violations.Check(Enum.IsDefined(language), nameof(language), language, string.Join(", ", Enum.GetNames<FormalLanguage>()));
        violations.CheckRange(nameof(length), length, 1, 1 << 20);
        violations.Throw();
        _language = language;
        _automaton = Automaton.Of(language);
        Length = length;
        _chance = new Lazy<double>(() => _automaton.Chance(length));
    }

    /// <inheritdoc/>
    public string Name => _language switch
    {
        FormalLanguage.Parity => "parity",
        FormalLanguage.EvenPairs => "even-pairs",
        FormalLanguage.CycleNavigation => "cycle-navigation",
        FormalLanguage.ModularArithmetic => "modular-arithmetic",
        _ => "majority",
    };

    /// <inheritdoc/>
    public int Vocabulary => _automaton.Symbols + _automaton.Answers;

    /// <inheritdoc/>
    public int Length { get; }

    /// <inheritdoc/>
    public double Chance => _chance.Value;

    /// <inheritdoc/>
    public TaskBatch Draw(Random random, int streams)
    {
        int[] tokens = new int[streams * Length];
        int[] targets = new int[tokens.Length];
        List<TaskAnswer> answers = [];
        for (int stream = 0; stream < streams; stream++)
        {
            int state = 0;
            for (int position = 0; position < Length; position++)
            {
                int i = (stream * Length) + position;
                (int first, int count) = _automaton.Choices(position).GetOffsetAndLength(_automaton.Symbols);
                tokens[i] = first + random.Next(count);
                state = _automaton.Next(state, tokens[i]);
                if (_automaton.Asks(position))
                {
                    targets[i] = _automaton.Symbols + _automaton.Answer(state);
                    answers.Add(new TaskAnswer(stream, position, targets.AsMemory(i, 1)));
                }
            }
        }

        return new TaskBatch(streams, tokens, answers);
    }
}
