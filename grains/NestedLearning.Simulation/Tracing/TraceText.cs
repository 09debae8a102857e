using System.Globalization;
using System.Runtime.CompilerServices;

namespace NestedLearning.Simulation;

/// <summary>A line's text, made only where the trace is written.</summary>
[InterpolatedStringHandler]
internal ref struct TraceText
{
    private DefaultInterpolatedStringHandler _text;

    public TraceText(int literalLength, int formattedCount, Trace trace, out bool isWritten)
    {
        isWritten = trace.IsWritten;
        _text = isWritten ? new(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public string ToText() => _text.ToStringAndClear();
}
