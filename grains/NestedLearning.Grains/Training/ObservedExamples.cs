using System.Runtime.CompilerServices;
using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>Examples whose reader says now and then that it goes on, also while it passes over what is not its own.</summary>
internal sealed class ObservedExamples(IExampleSource examples, Func<CancellationToken, ValueTask> tell) : IExampleSource
{
    private const int ExamplesPerSign = 4096;

    public string Name => examples.Name;

    public bool HasSplit => examples.HasSplit;

    public async IAsyncEnumerable<NumberedExample> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long read = 0;
        await foreach (NumberedExample example in examples.ReadAsync(cancellationToken))
        {
            if (++read % ExamplesPerSign == 0)
            {
                await tell(cancellationToken);
            }

            yield return example;
        }
    }

    public void Dispose() => examples.Dispose();
}
