namespace NestedLearning.Models;

/// <summary>Where a line stands, for the errors about it.</summary>
internal readonly record struct LinePosition(string Source, long Line)
{
    /// <summary>The longest part of a value that a message repeats.</summary>
    private const int Shown = 40;

    public DataException Error(string problem, Exception? cause = null) => new(Source, Line, problem, cause);

    public DataException FieldError(string field, string problem, Exception? cause = null) =>
        new(Source, Line, problem, cause) { Field = field };

    /// <summary>A value as a message shows it: quoted, short and on one line.</summary>
    public static string Show(string value)
    {
        string line = string.Create(Math.Min(value.Length, Shown), value, static (span, text) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(text[i]) || char.IsSurrogate(text[i]) ? '?' : text[i];
            }
        });
        return value.Length > Shown ? $"'{line}...'" : $"'{line}'";
    }
}
