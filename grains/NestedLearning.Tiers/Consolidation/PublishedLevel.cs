using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>The next version as every replica will hold it, and the coded difference that leads to it, if any.</summary>
internal sealed record PreparedVersion(LevelVersion Version, byte[]? Difference);

/// <summary>
/// The versions of a level as memories see them. What is broadcast is applied here too, after coding, so that every
/// replica at one version is the same to the bit, however coarse the coding.
/// </summary>
internal sealed class PublishedLevel(ModelId model, LevelId level, FloatEncoding encoding)
{
    private const int KeptDifferences = 8;

    private readonly Queue<(long From, byte[] Frame)> _differences = new();
    private byte[]? _whole;

    /// <summary>What a memory at the newest version holds.</summary>
    public LevelVersion Current { get; private set; } = new(0, 0, []);

    /// <summary>Codes what the level solved for as the next version; nobody sees it before <see cref="Commit"/>.</summary>
    public PreparedVersion Prepare(LevelVersion solved)
    {
        if (encoding == FloatEncoding.Float32 || Current.Events == 0)
        {
            return PrepareWhole(solved);
        }

        Frame difference = new(
            Header(FrameKind.VersionDelta, solved) with { BaseVersion = Current.Number },
            VersionDelta.Difference(Current.Tensors, solved.Tensors));
        byte[] bytes = FrameCodec.Encode(difference, new EncodingPolicy { Dense = encoding });
        return new PreparedVersion(VersionDelta.Follow(Current, FrameCodec.Decode(bytes, StateFrames.Limits)), bytes);
    }

    /// <summary>Takes what the level solved for as it is: nothing of the version before is left in it, not even what coding lost.</summary>
    public static PreparedVersion PrepareWhole(LevelVersion solved) => new(solved, null);

    /// <summary>Makes a prepared version the current one.</summary>
    public void Commit(PreparedVersion prepared)
    {
        if (prepared.Difference is not null)
        {
            _differences.Enqueue((Current.Number, prepared.Difference));
        }
        else
        {
            _differences.Clear(); // No step leads here.
        }

        if (_differences.Count > KeptDifferences)
        {
            _differences.Dequeue();
        }

        Current = prepared.Version;
        _whole = null;
    }

    /// <summary>Starts from a version that was published before, without a history of differences.</summary>
    public void Restore(LevelVersion version)
    {
        Current = version;
        _whole = null;
        _differences.Clear();
    }

    /// <summary>The cheapest way from <paramref name="version"/> to the newest one.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> FramesFrom(long version)
    {
        if (version == Current.Number)
        {
            return [];
        }

        _whole ??= FrameCodec.Encode(new Frame(Header(FrameKind.Version, Current), Current.Tensors), EncodingPolicy.Lossless);
        List<ReadOnlyMemory<byte>> steps =
            [.. _differences.Where(step => step.From >= version).Select(step => (ReadOnlyMemory<byte>)step.Frame)];
        bool leadsThere = _differences.Any(step => step.From == version);
        return leadsThere && steps.Sum(step => (long)step.Length) < _whole.Length ? steps : [_whole];
    }

    private FrameHeader Header(FrameKind kind, LevelVersion version) =>
        new(kind, model) { Level = level, Sequence = version.Number, Events = version.Events };
}
