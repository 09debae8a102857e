using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>
/// Once somebody heard that a tenant is forgotten, nothing that is stored has an update of it that was taken until then: no state, no
/// quarantine, no archive, no base, and no probe.
/// </summary>
internal sealed class ForgottenIsGone(SimulatedStore store) : Invariant
{
    /// <summary>More than a source sends in a run, and less than a mark goes up when its source is forgotten.</summary>
    private const long ManyUpdates = 1 << 16;

    private readonly Dictionary<TenantId, long> _leaving = [];
    private readonly Dictionary<TenantId, long> _gone = [];
    private readonly Dictionary<TenantId, long> _marks = [];
    private readonly HashSet<AttachmentName> _attached = [];
    private readonly Dictionary<StateKey, string> _cleanTags = [];

    public override string Promise => "nothing of a forgotten tenant is stored once that is answered";

    public override string? OnLeaving(DurableWorld durable, TenantId tenant)
    {
        _leaving[tenant] = durable.Level.Mark(tenant);
        return null;
    }

    public override string? OnForgotten(DurableWorld durable, TenantId tenant)
    {
        GoneThrough(tenant, _leaving[tenant]);
        return Check(durable);
    }

    public override string? OnLevelSaved(DurableWorld durable)
    {
        _attached.UnionWith(durable.Level.StoredUpdates);
        foreach (TenantId tenant in _leaving.Keys)
        {
            long mark = durable.Level.Mark(tenant);
            if (mark > _marks.GetValueOrDefault(tenant) + ManyUpdates)
            {
                GoneThrough(tenant, mark);
            }

            _marks[tenant] = mark;
        }

        return Check(durable);
    }

    public override string? OnReturning(DurableWorld durable, TenantId tenant)
    {
        DurableMemory memory = durable.Memory(tenant);
        SourcePlan? known = memory.Sources.FirstOrDefault(source => memory.Applied(source.Source) > 0 || source.Numbers.Any(
            number => durable.Level.Counts[number] + durable.Level.QuarantineCounts[number] + memory.Counts[number] > 0));
        return known is null ? null : $"{known} begins anew, and something of it counts";
    }

    private void GoneThrough(TenantId tenant, long mark)
    {
        _gone[tenant] = Math.Max(_gone.GetValueOrDefault(tenant), mark);
        _cleanTags.Clear();
    }

    private string? Check(DurableWorld durable)
    {
        if (_gone.Count == 0 || durable.Level.IsErasing)
        {
            return null;
        }

        StateKey[] states =
        [
            StateKey.Consolidator(World.Model, World.LevelId),
            StateKey.ConsolidatorBase(World.Model, World.LevelId, 0),
            StateKey.ConsolidatorBase(World.Model, World.LevelId, 1),
        ];
        return states.Select(key => CheckState(durable, key))
            .Concat(_attached.Where(durable.Attachments.Has).Select(name => CheckUpdates(StoredUpdates.KeyOf(name), durable.Attachments.Of(name))))
            .FirstOrDefault(problem => problem is not null);
    }

    private string? CheckState(DurableWorld durable, StateKey key)
    {
        if (store.Load(key) is not { Bytes.Length: > 0 } stored || _cleanTags.GetValueOrDefault(key) == stored.ETag)
        {
            return null;
        }

        TensorSet state = FrameCodec.Decode(stored.Bytes, FrameLimits.Default).Tensors;
        _cleanTags[key] = stored.ETag;
        return CheckUpdates(key, UpdateFrame.FindIn(stored.Bytes)) ?? CheckEvents(durable, key, EventsIn(state));
    }

    private string? CheckUpdates(StateKey key, IReadOnlyList<UpdateFrame> updates)
    {
        UpdateFrame? found = updates.FirstOrDefault(update => update.Sequence <= _gone.GetValueOrDefault(new TenantId(update.Source.Value)));
        return found is null ? null : $"{key} has {found.Id}, which is forgotten";
    }

    /// <summary>A tenant that is fed anew sends the same events under other numbers.</summary>
    private string? CheckEvents(DurableWorld durable, StateKey key, HashSet<int> events)
    {
        foreach ((TenantId tenant, long mark) in _gone)
        {
            ILookup<bool, int> sent = durable.Updates.Of(new SourceId(tenant.Value))
                .SelectMany(update => update.Events.Select(number => (IsGone: update.Sequence <= mark, number)))
                .ToLookup(sent => sent.IsGone, sent => sent.number);
            int found = sent[true].Except(sent[false]).FirstOrDefault(events.Contains, -1);
            if (found >= 0)
            {
                return $"{key} has event {found} of the run, and {tenant} is forgotten";
            }
        }

        return null;
    }

    /// <summary>What the sums of a base and its probes were made of.</summary>
    private static HashSet<int> EventsIn(TensorSet state)
    {
        HashSet<int> events = [];
        if (state.Find("gram") is DoubleTensor gram)
        {
            int[] counts = new int[EventCode.MaxEvents];
            EventCode.Count(gram.Values.Span, counts);
            events.UnionWith(Enumerable.Range(0, counts.Length).Where(number => counts[number] != 0));
        }

        if (state.Find("probes/keys") is SparseTensor probes)
        {
            events.UnionWith(UpdateFrame.EventsOf(probes.Rows));
        }

        return events;
    }
}
