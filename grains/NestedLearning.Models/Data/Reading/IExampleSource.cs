namespace NestedLearning.Models;

/// <summary>A stream of examples, read once from its beginning to its end.</summary>
public interface IExampleSource : IDisposable
{
    /// <summary>The file, "-" for standard input, or the name of a built-in data set; errors begin with it.</summary>
    string Name { get; }

    /// <summary>
    /// Whether any line read so far says "train" or "test". If none does by the end, the caller makes the cut.
    /// </summary>
    bool HasSplit { get; }

    /// <summary>Reads the examples in order; call it once.</summary>
    /// <exception cref="DataException">A line is not an example; the message names it.</exception>
    /// <exception cref="EmptyDataException">There is no example at all.</exception>
    IAsyncEnumerable<NumberedExample> ReadAsync(CancellationToken cancellationToken = default);
}
