using System.Security.Cryptography;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// What the levels of a model begin with, in parts that fit into a message. They are stored under a digest of all of them before the settings
/// that name it; so settings that are there have all their parts, and who stores them again changes nothing.
/// </summary>
public sealed class InitialParts
{
    private const int PartBytes = 2 * 1024 * 1024;

    private InitialParts(string digest, IReadOnlyList<InitialPart> parts)
    {
        Digest = digest;
        Parts = parts;
    }

    /// <summary>Names all of it.</summary>
    public string Digest { get; }

    /// <summary>The parts, level by level.</summary>
    public IReadOnlyList<InitialPart> Parts { get; }

    /// <summary>The parts of what levels begin with.</summary>
    /// <exception cref="InvalidInputException">The spec's levels do not begin so.</exception>
    public static InitialParts Of(ModelId model, ModelSpec spec, IReadOnlyList<InitialLevel> levels)
    {
        InitialLevel.Check(spec, levels);
        using IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<InitialPart> parts = [];
        foreach (InitialLevel level in levels)
        {
            byte[] frame = LevelVersions.Encode(model, level.Level, new LevelVersion(0, 0, level.Parameters));
            digest.AppendData(frame);
            for (int i = 0; i * PartBytes < frame.Length; i++)
            {
                parts.Add(new InitialPart(level.Level, i, frame.AsMemory(i * PartBytes, Math.Min(PartBytes, frame.Length - (i * PartBytes)))));
            }
        }

        return new InitialParts(Convert.ToHexStringLower(digest.GetHashAndReset()), parts);
    }

    /// <summary>Stores a part where it is not stored yet.</summary>
    /// <exception cref="StoreException">It cannot be stored.</exception>
    public static async ValueTask SaveAsync(ITierStore store, ModelId model, string digest, InitialPart part, CancellationToken cancellationToken)
    {
        StateKey key = StateKey.Initial(model, digest, part.Level, part.Number);
        if (await store.LoadAsync(key, cancellationToken) is null)
        {
            await store.SaveAsync(key, part.Bytes, null, cancellationToken);
        }
    }

    /// <summary>Deletes what a level begins with, the last part first: what is left of it is found again.</summary>
    public static async ValueTask DeleteAsync(ITierStore store, ModelId model, string digest, LevelId level, CancellationToken cancellationToken)
    {
        int count = 0;
        while (await store.LoadAsync(StateKey.Initial(model, digest, level, count), cancellationToken) is not null)
        {
            count++;
        }

        while (count-- > 0)
        {
            await store.DeleteAsync(StateKey.Initial(model, digest, level, count), cancellationToken);
        }
    }

    /// <summary>What a level begins with.</summary>
    /// <exception cref="StoreException">A part cannot be loaded, or is missing.</exception>
    public static async ValueTask<TensorSet> LoadAsync(ITierStore store, ModelId model, string digest, LevelId level, CancellationToken cancellationToken)
    {
        using MemoryStream frame = new();
        for (int part = 0; await store.LoadAsync(StateKey.Initial(model, digest, level, part), cancellationToken) is { } stored; part++)
        {
            frame.Write(stored.Bytes.Span);
        }

        try
        {
            return LevelVersions.Follow(null, frame.GetBuffer().AsMemory(0, (int)frame.Length)).Tensors;
        }
        catch (FrameException error)
        {
            throw new StoreException(
                StoreProblem.Damaged, StateKey.Initial(model, digest, level, 0).Value, $"what the level begins with is damaged ({error.Message}); restore it from a backup", error);
        }
    }
}

/// <summary>A part of what a level begins with.</summary>
/// <param name="Level">Which level.</param>
/// <param name="Number">Which part, from 0.</param>
/// <param name="Bytes">The part.</param>
public sealed record InitialPart(LevelId Level, int Number, ReadOnlyMemory<byte> Bytes);
