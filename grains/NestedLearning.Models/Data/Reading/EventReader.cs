namespace NestedLearning.Models;

/// <summary>
/// Reads events as they come, one JSON object on a line with a sequence, a text, features or tokens, and perhaps a label, which is empty
/// where the line has none; <see cref="EventWriter"/> writes them. Other fields are ignored, blank lines skipped. Owns the stream.
/// </summary>
public sealed class EventReader : IDisposable
{
    /// <summary>The field that numbers an event.</summary>
    public const string SequenceField = "sequence";

    private static readonly FieldNames Names = new();

    private readonly Utf8LineReader _lines;
    private readonly ExampleFields _fields;
    private readonly JsonFields _json;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">UTF-8, with or without a byte order mark.</param>
    /// <param name="name">What errors call the stream.</param>
    /// <param name="limits">What a line may hold.</param>
    public EventReader(Stream stream, string name, ReadingLimits limits)
    {
        _lines = new Utf8LineReader(stream, name, limits.MaxLineBytes, isLive: true);
        _fields = new ExampleFields(Names, limits);
        _json = new JsonFields(Names, limits, SequenceField, hasTokens: true);
    }

    /// <summary>The next event, or null at the end. Completes at once while whole lines are at hand.</summary>
    /// <exception cref="DataException">A line is not an event, or the stream cannot be read.</exception>
    public async ValueTask<NumberedEvent?> NextAsync(CancellationToken cancellationToken)
    {
        while (await _lines.MoveNextAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_lines.Current.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                _fields.Begin(_lines.Position);
                _json.ParseLine(_lines.Current.Span, _fields);
                return new NumberedEvent(_lines.Position.Line, _fields.ToEvent());
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();
}
