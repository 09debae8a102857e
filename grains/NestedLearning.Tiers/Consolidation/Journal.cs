using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>An update exactly as it came, and which versions the level took it in and out with.</summary>
/// <param name="Update">The update.</param>
/// <param name="Version">The version that it went into.</param>
/// <param name="ReleasedBy">The version that is without it again, the same one for a rejected update; 0 while it is in the level.</param>
/// <param name="Order">Its place among the updates that this version is without: sums are rounded in that order.</param>
internal readonly record struct JournalEntry(StoredUpdate Update, long Version, long ReleasedBy = 0, long Order = 0);

/// <summary>
/// What happened to the level since its base, so that a fold saves what it added and not the whole level anew; and what was folded
/// in a few rounds before, so that these can be taken back. Once it outweighs the level's own state, that state becomes the new base.
/// </summary>
/// <remarks>
/// A released update stays on record: done again in the same order, everything leads to the same level, to the bit. Entries are
/// dropped only when <c>Version ≤ ReachesBackTo</c> and <c>ReleasedBy ≤ ReachesBackTo ≤ BaseVersion</c>. After a source was
/// forgotten, <c>BaseVersion &lt; ReachesBackTo</c> until there is a base without it.
/// </remarks>
internal sealed class Journal(int keptRounds)
{
    private const string Frames = "journal";
    private const string Versions = "journal/versions";
    private const string Releases = "journal/releases";
    private const string Orders = "journal/orders";
    private const string Reach = "journal/reach";
    private const string Clocks = "journal/clocks";

    private SortedList<long, long> _clocks = [];
    private List<JournalEntry> _entries = [];

    /// <summary>The version that the base contains; 0 for none.</summary>
    public long BaseVersion { get; private set; }

    /// <summary>The oldest version that can be gone back to: all updates since are here.</summary>
    public long ReachesBackTo { get; private set; }

    /// <summary>The bytes of what happened since the base.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>The entries, in the order in which they were taken in.</summary>
    public IReadOnlyList<JournalEntry> Entries => _entries;

    public void Append(JournalEntry entry)
    {
        _entries.Add(entry);
        SizeBytes += entry.Update.Frame.Length;
    }

    /// <summary>What the level's clock says with a version.</summary>
    public void SetClock(long version, long clock)
    {
        if (clock != ClockOf(version))
        {
            _clocks[version] = clock;
        }
    }

    /// <summary>What the level's clock said with a version.</summary>
    public long ClockOf(long version) => _clocks.LastOrDefault(clock => clock.Key <= version).Value;

    /// <summary>Whether the level can become what it was at a version by taking out what came since, and nothing else.</summary>
    public bool CanGoBackTo(long version) =>
        version >= ReachesBackTo && !_entries.Any(entry => entry.Version <= version && entry.ReleasedBy > version);

    /// <summary>The updates of later versions than this one that are in the level.</summary>
    public IReadOnlyList<StoredUpdate> Since(long version) =>
        [.. _entries.Where(entry => entry.Version > version && entry.ReleasedBy == 0).Select(entry => entry.Update)];

    /// <summary>Another version is without the updates of later versions than this one.</summary>
    public void Release(long since, long by)
    {
        _entries = [.. _entries.Select((entry, i) => entry.Version > since && entry.ReleasedBy == 0 ? entry with { ReleasedBy = by, Order = i } : entry)];
        SizeBytes = Weigh();
    }

    /// <summary>Whether updates are here that must not stay, until a new base makes them needless.</summary>
    public bool IsCut => ReachesBackTo > BaseVersion;

    /// <summary>The updates of a source that are in the level, of those that are here.</summary>
    public IReadOnlyList<StoredUpdate> Of(SourceId source) =>
        [.. _entries.Where(entry => IsIn(entry, source)).Select(entry => entry.Update)];

    /// <summary>Another version is without a source, and nobody goes back behind it.</summary>
    /// <param name="source">The source.</param>
    /// <param name="archived">Those of its updates that were here no more, which the version was without first.</param>
    /// <param name="by">That version.</param>
    public void Forget(SourceId source, IReadOnlyList<StoredUpdate> archived, long by)
    {
        long order = archived.Count;
        _entries =
        [
            .. archived.Select((update, i) => new JournalEntry(update, 0, by, i)),
            .. _entries.Select(entry => IsIn(entry, source) ? entry with { ReleasedBy = by, Order = order++ } : entry),
        ];
        ReachesBackTo = by;
        SizeBytes = Weigh();
    }

    /// <summary>The updates in the level that are not in what <see cref="After"/> left.</summary>
    public IReadOnlyList<StoredUpdate> MissingIn(Journal next) =>
        [.. _entries.Where(entry => entry.ReleasedBy == 0 && !next.MustStay(entry)).Select(entry => entry.Update)];

    /// <summary>What is left once a base contains everything up to a version.</summary>
    public Journal After(long baseVersion)
    {
        Journal next = new(keptRounds)
        {
            BaseVersion = baseVersion,
            ReachesBackTo = Math.Max(ReachesBackTo, baseVersion - keptRounds),
        };
        next._entries.AddRange(_entries.Where(next.MustStay));
        next._clocks = new SortedList<long, long>(_clocks.Where(clock => clock.Key > next.ReachesBackTo).ToDictionary());
        next._clocks[next.ReachesBackTo] = ClockOf(next.ReachesBackTo);
        return next;
    }

    public void Save(TensorSet state)
    {
        FramePack.Save(state, Frames, [.. _entries.Select(entry => entry.Update)]);
        state.Add(new IntegerTensor(Versions, _entries.Select(entry => entry.Version).ToArray()));
        state.Add(new IntegerTensor(Releases, _entries.Select(entry => entry.ReleasedBy).ToArray()));
        state.Add(new IntegerTensor(Orders, _entries.Select(entry => entry.Order).ToArray()));
        state.Add(new IntegerTensor(Reach, new[] { BaseVersion, ReachesBackTo }));
        state.Add(new IntegerTensor(Clocks, _clocks.SelectMany(clock => new[] { clock.Key, clock.Value }).ToArray()));
    }

    public void Load(TensorSet state)
    {
        ReadOnlySpan<long> reach = state.Get<IntegerTensor>(Reach).Values.Span;
        (BaseVersion, ReachesBackTo) = (reach[0], reach[1]);
        ReadOnlySpan<long> versions = state.Get<IntegerTensor>(Versions).Values.Span;
        ReadOnlySpan<long> releases = state.Get<IntegerTensor>(Releases).Values.Span;
        ReadOnlySpan<long> orders = state.Get<IntegerTensor>(Orders).Values.Span;
        IReadOnlyList<StoredUpdate> updates = FramePack.Load(state, Frames);
        for (int i = 0; i < updates.Count; i++)
        {
            _entries.Add(new JournalEntry(updates[i], versions[i], releases[i], orders[i]));
        }

        _clocks.Clear(); // Of what the level began with.
        foreach (long[] clock in state.Get<IntegerTensor>(Clocks).Values.ToArray().Chunk(2))
        {
            _clocks.Add(clock[0], clock[1]);
        }

        SizeBytes = Weigh();
    }

    private static bool IsIn(JournalEntry entry, SourceId source) =>
        entry.ReleasedBy == 0 && FrameSource.Read(entry.Update.Frame.Span) == source;

    private bool MustStay(JournalEntry entry) => Math.Max(entry.Version, entry.ReleasedBy) > ReachesBackTo;

    private long Weigh() => _entries.Where(entry => Math.Max(entry.Version, entry.ReleasedBy) > BaseVersion).Sum(entry => (long)entry.Update.Frame.Length);
}
