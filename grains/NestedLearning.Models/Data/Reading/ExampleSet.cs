namespace NestedLearning.Models;

/// <summary>A whole data set in memory.</summary>
/// <param name="Name">The file, "-" for standard input, or the name of a built-in data set.</param>
/// <param name="Examples">The examples in the order of their lines; at least one.</param>
/// <param name="HasSplit">Whether the data says which examples are for testing; if not, the caller makes the cut.</param>
public sealed record ExampleSet(string Name, IReadOnlyList<Example> Examples, bool HasSplit)
{
    /// <summary>Reads a source to its end.</summary>
    /// <exception cref="DataException">A line is not an example, or there is none.</exception>
    public static async Task<ExampleSet> ReadAsync(IExampleSource source, CancellationToken cancellationToken = default)
    {
        List<Example> examples = [];
        await foreach (NumberedExample line in source.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            examples.Add(line.Example);
        }

        return new ExampleSet(source.Name, examples, source.HasSplit);
    }
}
