namespace NestedLearning.Models;

/// <summary>A model that was read from a file, which is its owner's to dispose.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tokenizer">What makes its tokens.</param>
/// <param name="Manifest">What the file says of it.</param>
public sealed record SavedSequenceModel(SequenceModel Model, ITokenizer Tokenizer, SequenceModelManifest Manifest) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}
