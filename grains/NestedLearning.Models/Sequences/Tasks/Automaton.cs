namespace NestedLearning.Models;

/// <summary>A machine that reads a word symbol by symbol and answers from its state.</summary>
/// <param name="Symbols">How many symbols there are.</param>
/// <param name="Answers">How many answers there are.</param>
/// <param name="Next">The state after a state and a symbol; the first state is 0.</param>
/// <param name="Answer">What a state answers.</param>
/// <param name="Choices">The symbols that may come at a position.</param>
/// <param name="Asks">Whether there is an answer after a position.</param>
internal sealed record Automaton(
    int Symbols, int Answers, Func<int, int, int> Next, Func<int, int> Answer, Func<int, Range> Choices, Func<int, bool> Asks)
{
    private const int Places = 5;

    /// <summary>After so many symbols, what one who has not read them expects does not change any more.</summary>
    private const int Settled = 256;

    /// <summary>The machine of a language.</summary>
    public static Automaton Of(FormalLanguage language) => language switch
    {
        FormalLanguage.Parity => Anywhere(2, 2, (state, symbol) => state ^ symbol, state => state),

        // 0 before the first symbol, then 1 + 2 first + last.
        FormalLanguage.EvenPairs => Anywhere(2, 2, (state, symbol) => 1 + (2 * (state == 0 ? symbol : (state - 1) / 2)) + symbol, state => (state - 1) is 1 or 2 ? 1 : 0),
        FormalLanguage.CycleNavigation => Anywhere(3, Places, (state, symbol) => (state + symbol + Places - 1) % Places, state => state),

        // Five digits, then plus and minus; a state is a value, and 5 more after a minus.
        FormalLanguage.ModularArithmetic => new Automaton(
            Places + 2,
            Places,
            (state, symbol) => symbol < Places ? (state + (state < Places ? symbol : Places - symbol)) % Places : state + (symbol == Places ? 0 : Places),
            state => state,
            position => IsEven(position) ? ..Places : Places..(Places + 2),
            IsEven),

        // Asked where there is no tie, so that both answers are as likely.
        _ => Anywhere(2, 2, (state, symbol) => state + (2 * symbol) - 1, state => state > 0 ? 1 : 0) with { Asks = IsEven },
    };

    /// <summary>The accuracy of the best guess of one who knows the position and not the word, over the answers of words of a length.</summary>
    public double Chance(int length)
    {
        Dictionary<int, double> states = new() { [0] = 1 };
        List<double> best = [];
        for (int position = 0; position < Math.Min(length, Settled); position++)
        {
            (int first, int count) = Choices(position).GetOffsetAndLength(Symbols);
            states = states
                .SelectMany(state => Enumerable.Range(first, count).Select(symbol => (State: Next(state.Key, symbol), Probability: state.Value / count)))
                .GroupBy(next => next.State, next => next.Probability)
                .ToDictionary(next => next.Key, next => next.Sum());
            if (Asks(position))
            {
                best.Add(states.GroupBy(state => Answer(state.Key), state => state.Value).Max(answer => answer.Sum()));
            }
        }

        int asked = Enumerable.Range(0, length).Count(Asks);
        return (best.Sum() + ((asked - best.Count) * best[^1])) / asked;
    }

    private static Automaton Anywhere(int symbols, int answers, Func<int, int, int> next, Func<int, int> answer) =>
        new(symbols, answers, next, answer, _ => ..symbols, _ => true);

    private static bool IsEven(int position) => position % 2 == 0;
}
