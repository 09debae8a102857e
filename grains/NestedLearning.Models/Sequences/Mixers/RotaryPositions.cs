using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Rotary positions (arXiv 2104.09864): at position p, elements i and i + size / 2 of a vector turn by the angle <c>p 10000^(−2 i / size)</c>, so
/// that products depend only on how far tokens are apart.
/// </summary>
internal sealed class RotaryPositions
{
    private const double Base = 10_000;

    private readonly int _half;
    private readonly Variable _cosines;
    private readonly Variable _sines;

    /// <summary>The positions of tokens from <paramref name="first"/> on.</summary>
    public RotaryPositions(Tape tape, long first, int time, int size)
    {
        _half = size / 2;
        _cosines = Make(Math.Cos);
        _sines = Make(Math.Sin);

        Variable Make(Func<double, double> function)
        {
            float[] values = new float[time * _half];
            for (int i = 0; i < values.Length; i++)
            {
                (int token, int pair) = Math.DivRem(i, _half);
                values[i] = (float)function((first + token) * Math.Pow(Base, -(double)pair / _half));
            }

            return tape.Own(tape.Backend.Create([time, _half], values));
        }
    }

    /// <summary>Vectors [..., time, size] turned by their positions.</summary>
    public Variable Turn(Variable x)
    {
        Variable first = x.Slice(-1, 0, _half);
        Variable second = x.Slice(-1, _half, _half);
        return Variable.Concatenate(-1, (first * _cosines) - (second * _sines), (first * _sines) + (second * _cosines));
    }
}
