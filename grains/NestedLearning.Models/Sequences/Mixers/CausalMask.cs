using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Which tokens a token may see.</summary>
internal static class CausalMask
{
    /// <summary>Far below every score, and finite: a softmax makes nothing of it.</summary>
    private const float Hidden = -1e9f;

    /// <summary>For products of tokens with tokens, [time, time]: 1 for the token itself and those before, 0 for those after.</summary>
    public static Variable Products(Tape tape, int time) => Make(tape, time, time, (token, other) => other <= token ? 1 : 0);

    /// <summary>
    /// For scores of the last tokens with all that are known, [time, known]: 0 for a token and the <paramref name="length"/> - 1 before it.
    /// </summary>
    public static Variable Scores(Tape tape, int time, int known, int length) => Make(tape, time, known, (token, other) =>
    {
        int before = known - time + token - other;
        return before >= 0 && before < length ? 0 : Hidden;
    });

    private static Variable Make(Tape tape, int rows, int columns, Func<int, int, float> value)
    {
        float[] mask = new float[rows * columns];
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = value(i / columns, i % columns);
        }

        return tape.Own(tape.Backend.Create([rows, columns], mask));
    }
}
