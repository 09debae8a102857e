using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Makes the key of a text from a sequence model that reads it: a dense vector of unit length. The model is not changed, so keys stay what
/// they are. Not safe for concurrent use.
/// </summary>
public sealed class TextEncoder
{
    /// <summary>The texts that are read at once.</summary>
    private const int AtOnce = 64;

    /// <summary>In how many ways tokens become one.</summary>
    private const int Pools = 3;

    private readonly SequenceModel _model;
    private readonly ITokenizer _tokenizer;
    private readonly TextKey _key;

    /// <summary>An encoder.</summary>
    /// <param name="model">The model, which stays the caller's.</param>
    /// <param name="tokenizer">What makes tokens of texts.</param>
    /// <param name="key">What of the model is the key.</param>
    /// <exception cref="InvalidSpecException">The model's mixer has no memories, or a key would be too long.</exception>
    public TextEncoder(SequenceModel model, ITokenizer tokenizer, TextKey key)
    {
        SequenceSettings settings = model.Settings;
        bool isHidden = key == TextKey.Hidden;
        long features = isHidden ? Pools * settings.Width : (long)settings.Blocks * settings.Width * settings.Width / settings.Heads;
        if (features is < 1 or > TextFeaturizer.MaxFeatures)
        {
            throw new InvalidSpecException([$"The length of a key is {features}, accepted: 1 to {TextFeaturizer.MaxFeatures}"]);
        }

        if (!isHidden && !settings.HasMatrixMemories)
        {
            throw new InvalidSpecException([$"Mixer is {settings.Mixer} and Memory is {settings.Memory}, accepted for a key of memories: matrices"]);
        }

        _model = model;
        _tokenizer = tokenizer;
        _key = key;
        Features = (int)features;
    }

    /// <summary>The length of a key.</summary>
    public int Features { get; }

    /// <summary>The keys of texts; that of an empty text is empty.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="report">Hears how many have been read; it may throw to stop.</param>
    public IReadOnlyList<SparseVector> Encode(IReadOnlyList<string> texts, Action<int>? report = null)
    {
        int[][] tokens = [.. texts.Select(_tokenizer.Encode)];
        var keys = new SparseVector[texts.Count];
        ushort[] all = [.. Enumerable.Range(0, Features).Select(i => (ushort)i)];
        int read = 0;
        foreach (int[] batch in SameLength.Batches(tokens, AtOnce))
        {
            using Tape tape = new(_model.Backend);
            using IDisposable pause = tape.NoGradient();
            float[] values = Keys(_model.Read(tape, SameLength.Tokens(tokens, batch), batch.Length)).ToArray();
            for (int i = 0; i < batch.Length; i++)
            {
                keys[batch[i]] = new SparseVector(all, values.AsMemory(i * Features, Features));
            }

            report?.Invoke(read += batch.Length);
        }

        return keys;
    }

    /// <summary>[texts, features], each of unit length.</summary>
    private Variable Keys(SequencePass pass)
    {
        Variable hidden = pass.Hidden;
        Variable[] parts = _key == TextKey.Memories
            ? [.. pass.Memories]
            : [hidden.Mean([1]), hidden.Max([1]), hidden.Slice(1, hidden.Shape[1] - 1, 1)];
        return Variable.Concatenate(1, Array.ConvertAll(parts, part => part.Reshape([hidden.Shape[0], Features / parts.Length]))).UnitNormalize();
    }
}
