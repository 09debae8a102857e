namespace NestedLearning.Models;

/// <summary>
/// Reads JSON Lines: an object on each line with a text or features, a label, and perhaps a task and a split.
/// Other fields are ignored, blank lines skipped. Owns the stream.
/// </summary>
public sealed class JsonLinesReader : ExampleReader
{
    private readonly JsonFields _json;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">UTF-8, with or without a byte order mark.</param>
    /// <param name="name">The file, or "-"; errors begin with it.</param>
    /// <param name="names">The names of the fields; null for the default.</param>
    /// <param name="limits">What a line may hold; null for the default.</param>
    public JsonLinesReader(Stream stream, string name, FieldNames? names = null, ReadingLimits? limits = null)
        : base(stream, name, names, limits) => _json = new JsonFields(Names, Limits);

    private protected override async ValueTask<bool> NextAsync(
        ExampleFields fields, CancellationToken cancellationToken)
    {
        while (await Lines.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Lines.Current.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                fields.Begin(Lines.Position);
                _json.ParseLine(Lines.Current.Span, fields);
                return true;
            }
        }

        return false;
    }
}
