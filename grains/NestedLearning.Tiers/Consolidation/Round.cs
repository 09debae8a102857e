using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>One update as a round holds it: decoded for the fold, and as it came for the journal.</summary>
internal sealed record RoundUpdate(SourceId Source, long Sequence, Contribution Contribution, ReadOnlyMemory<byte> Frame)
{
    /// <summary>The version that it was made on.</summary>
    public long BaseVersion { get; init; }

    /// <summary>An update as a level keeps it.</summary>
    public static RoundUpdate Read(StoredUpdate update) => Of(FrameCodec.Decode(update.Frame, StateFrames.Limits), update.Frame).ComeAt(update.At);

    /// <summary>An update that was decoded.</summary>
    public static RoundUpdate Of(Frame frame, ReadOnlyMemory<byte> bytes)
    {
        FrameHeader header = frame.Header;
        Contribution contribution = new(header.Events, frame.Tensors) { Source = header.Source };
        return new RoundUpdate(header.Source!.Value, header.Sequence, contribution, bytes) { BaseVersion = header.BaseVersion };
    }

    /// <summary>As the level keeps it.</summary>
    public StoredUpdate Stored => new(Frame, Contribution.At);

    /// <summary>The update, come into the level at a time.</summary>
    public RoundUpdate ComeAt(long clock) => this with { Contribution = Contribution with { At = clock } };
}

/// <summary>The updates that the next fold takes. Each source's updates are in it in sequence, without gaps.</summary>
internal sealed class Round
{
    private readonly List<RoundUpdate> _updates = [];
    private readonly Dictionary<SourceId, long> _marks = [];
    private readonly Dictionary<SourceId, long> _events = [];

    /// <summary>When the first update came; null while there is none.</summary>
    public DateTimeOffset? OpenedAt { get; private set; }

    /// <summary>The number of different sources.</summary>
    public int Contributors => _marks.Count;

    /// <summary>The updates in the order that every fold uses, whichever order they came in.</summary>
    public IReadOnlyList<RoundUpdate> InFoldOrder =>
        [.. _updates.OrderBy(update => update.Source.Value, StringComparer.Ordinal).ThenBy(update => update.Sequence)];

    /// <summary>The last sequence number of a source in this round, or null.</summary>
    public long? Mark(SourceId source) => _marks.TryGetValue(source, out long mark) ? mark : null;

    /// <summary>Whether this many more events of a source fit; the first update always does, so that every round moves on.</summary>
    public bool HasRoomFor(SourceId source, long events, long? maxEvents) =>
        maxEvents is null || !_events.TryGetValue(source, out long taken) || events <= maxEvents - taken;

    /// <summary>What a source has sent.</summary>
    public IReadOnlyList<StoredUpdate> Of(SourceId source) =>
        [.. _updates.Where(update => update.Source == source).Select(update => update.Stored)];

    /// <summary>Drops what a source has sent.</summary>
    public void Drop(SourceId source)
    {
        _updates.RemoveAll(update => update.Source == source);
        _marks.Remove(source);
        _events.Remove(source);
        OpenedAt = _updates.Count == 0 ? null : OpenedAt;
    }

    /// <summary>Adds the next update of its source.</summary>
    public void Add(RoundUpdate update, DateTimeOffset now)
    {
        OpenedAt ??= now;
        _updates.Add(update);
        _marks[update.Source] = update.Sequence;
        _events[update.Source] = _events.GetValueOrDefault(update.Source) + update.Contribution.Events;
    }
}
