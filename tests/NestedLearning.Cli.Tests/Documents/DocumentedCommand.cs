namespace NestedLearning.Cli.Tests.Documents;

/// <summary>A command as a document has it.</summary>
/// <param name="Document">Its path in the repository.</param>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Text">One command line; of a script all its lines.</param>
/// <param name="Kind">How the document shows it.</param>
public sealed record DocumentedCommand(string Document, int Line, string Text, DocumentedKind Kind)
{
    public override string ToString() => $"{Document}:{Line} {Text}";
}

/// <summary>How a document shows a command.</summary>
public enum DocumentedKind
{
    /// <summary>In a block of <c>sh</c>, to be typed as it is.</summary>
    Script,

    /// <summary>After <c>$</c> in a block of <c>console</c>, with what it prints below.</summary>
    Transcript,

    /// <summary>Within a sentence or a table. Options alone in a table are those of the last command before.</summary>
    Span,
}
