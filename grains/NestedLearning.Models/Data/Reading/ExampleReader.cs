using System.Runtime.CompilerServices;

namespace NestedLearning.Models;

/// <summary>Reads examples from lines of text; the formats are its subclasses. Owns the stream.</summary>
public abstract class ExampleReader : IExampleSource
{
    private readonly ExampleFields _fields;

    private protected ExampleReader(Stream stream, string name, FieldNames? names, ReadingLimits? limits)
    {
        Names = names ?? new FieldNames();
        Names.Validate();
        Limits = limits ?? new ReadingLimits();
        Name = name;
        Lines = new Utf8LineReader(stream, name, Limits.MaxLineBytes);
        _fields = new ExampleFields(Names, Limits);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool HasSplit { get; private set; }

    private protected FieldNames Names { get; }

    private protected ReadingLimits Limits { get; }

    private protected Utf8LineReader Lines { get; }

    /// <inheritdoc/>
    public async IAsyncEnumerable<NumberedExample> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        bool any = false;
        while (await NextAsync(_fields, cancellationToken).ConfigureAwait(false))
        {
            Example example = _fields.ToExample();
            HasSplit |= _fields.Split is not null;
            any = true;
            yield return new NumberedExample(_fields.Position.Line, example);
        }

        if (!any)
        {
            throw new EmptyDataException(Name);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Lines.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Puts the next record into <paramref name="fields"/>; false at the end.</summary>
    private protected abstract ValueTask<bool> NextAsync(ExampleFields fields, CancellationToken cancellationToken);
}
