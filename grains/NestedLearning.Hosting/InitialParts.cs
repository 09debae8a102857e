using System.Security.Cryptography;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// What the levels of a model begin with, in parts that fit into a message. They are stored under a digest of all of them before the settings
/// that name it; so settings that are there have all their parts, and who stores them again changes nothing. <see cref="PendingImports"/>
/// names them until then.
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
            int number = 0;
            CheckpointLevel begun = new(level.Level, new LevelVersion(0, 0, level.Parameters)) { Statistics = level.Statistics };
            foreach (byte[] frame in CheckpointFrames.Encode(model, begun))
            {
                digest.AppendData(frame);
                for (int offset = 0; offset < frame.Length; offset += PartBytes)
                {
                    parts.Add(new InitialPart(level.Level, number++, frame.AsMemory(offset, Math.Min(PartBytes, frame.Length - offset))));
                }
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

    /// <summary>Whether a part is stored. Parts of a level are stored in their order, and deleted the other way round.</summary>
    public static async ValueTask<bool> IsThereAsync(ITierStore store, ModelId model, string digest, LevelId level, int part, CancellationToken cancellationToken) =>
        await store.LoadAsync(StateKey.Initial(model, digest, level, part), cancellationToken) is not null;

    /// <summary>Deletes what a level begins with, the last part first: what is left of it is found again.</summary>
    public static async ValueTask DeleteAsync(ITierStore store, ModelId model, string digest, LevelId level, CancellationToken cancellationToken)
    {
        int count = 0;
        while (await IsThereAsync(store, model, digest, level, count, cancellationToken))
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
    public static async ValueTask<InitialLevel> LoadAsync(ITierStore store, ModelId model, string digest, LevelId level, CancellationToken cancellationToken)
    {
        List<ReadOnlyMemory<byte>> frames = [];
        try
        {
            Memory<byte> rest = default; // Of the frame that parts are read into; a frame begins with a part.
            for (int part = 0; await store.LoadAsync(StateKey.Initial(model, digest, level, part), cancellationToken) is { } stored; part++)
            {
                if (rest.IsEmpty)
                {
                    byte[] frame = new byte[FrameCodec.LengthOf(stored.Bytes.Span)];
                    frames.Add(frame);
                    rest = frame;
                }

                if (stored.Bytes.Length > rest.Length)
                {
                    throw Damaged(model, digest, level, $"part {part} is too long");
                }

                stored.Bytes.CopyTo(rest);
                rest = rest[stored.Bytes.Length..];
            }

            if (frames.Count == 0 || !rest.IsEmpty)
            {
                throw Damaged(model, digest, level, "parts are missing");
            }

            CheckpointLevel begun = CheckpointFrames.Decode(model, level, frames);
            return new InitialLevel(level, begun.Version.Tensors) { Statistics = begun.Statistics };
        }
        catch (FrameException error)
        {
            throw Damaged(model, digest, level, error.Message, error);
        }
    }

    /// <summary>Lets a level take up what was loaded from here.</summary>
    /// <exception cref="StoreException">It is not what the level began with.</exception>
    internal static void TakeUp(ModelId model, string digest, LevelId level, Action takeUp)
    {
        try
        {
            takeUp();
        }
        catch (InvalidInputException error)
        {
            throw Damaged(model, digest, level, error.Message, error);
        }
    }

    private static StoreException Damaged(ModelId model, string digest, LevelId level, string problem, Exception? cause = null) => new(
        StoreProblem.Damaged, StateKey.Initial(model, digest, level, 0).Value, $"what the level begins with is damaged ({problem}); restore it from a backup", cause);
}

/// <summary>A part of what a level begins with.</summary>
/// <param name="Level">Which level.</param>
/// <param name="Number">Which part, from 0.</param>
/// <param name="Bytes">The part.</param>
public sealed record InitialPart(LevelId Level, int Number, ReadOnlyMemory<byte> Bytes);
