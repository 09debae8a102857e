using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Goes on with texts by sequence models, in this process or behind a gateway.</summary>
public interface ITextGeneration
{
    /// <summary>
    /// Goes on after a prompt by the newest durable versions of the model's levels, which stay the same until the text ends.
    /// </summary>
    /// <param name="memory">Whose stream it is. What this tenant has taught counts once it is in a version.</param>
    /// <param name="request">How it goes on.</param>
    /// <param name="cancellationToken">Ends it before another token.</param>
    /// <returns>Pieces of whole characters as they are drawn, and one <see cref="GenerationEnd"/> at the end.</returns>
    /// <exception cref="InvalidInputException">The prompt or the state is not acceptable, or the model does not go on with texts.</exception>
    /// <exception cref="InvalidGenerationException">An option is out of its range, or there is nothing to go on from.</exception>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    /// <exception cref="BusyException">There are as many texts under way as may be.</exception>
    IAsyncEnumerable<GenerationEvent> GenerateAsync(MemoryAddress memory, GenerationRequest request, CancellationToken cancellationToken);
}
