namespace NestedLearning.Models;

/// <summary>Reads the streams of one batch, some tokens of each at a time, and says what it expects next.</summary>
public interface ITaskReader : IDisposable
{
    /// <summary>Reads on.</summary>
    /// <param name="tokens">The next tokens, [streams, time], row-major.</param>
    /// <param name="asked">The tokens among them after which it is asked what comes, as indices into <paramref name="tokens"/>.</param>
    /// <returns>The token that it expects after each of them.</returns>
    int[] Read(ReadOnlyMemory<int> tokens, ReadOnlyMemory<int> asked);
}
