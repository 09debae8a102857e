using System.Globalization;
using System.Runtime.CompilerServices;

namespace NestedLearning.Simulation;

/// <summary>What happened, in lines to read; only written when somebody asked for it.</summary>
internal sealed class Trace(Agenda agenda, bool isWritten)
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public bool IsWritten => isWritten;

    public void Add(string who, [InterpolatedStringHandlerArgument("")] TraceText what)
    {
        if (isWritten)
        {
            _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{agenda.Now.TotalSeconds,9:F3} s  {who,-16} {what.ToText()}"));
        }
    }

    public void Add(string who, string what) => Add(who, $"{what}");
}
