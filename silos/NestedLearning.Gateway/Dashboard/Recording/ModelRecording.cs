using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>
/// What was seen of one model, in bounded memory: its stream is cut into slices of equally many events, and when there are too
/// many, each two become one. Of tenants, those seen last are kept.
/// </summary>
internal sealed class ModelRecording
{
    /// <summary>An event with a label is one prediction; a text is many, and few texts make a curve already.</summary>
    private const int FirstSliceEvents = 16;
    private const int FirstSliceTexts = 1;
    private const int MaxTenants = 2_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<TenantId, TenantRecording> _tenants = [];
    private readonly DateTimeOffset[] _began = new DateTimeOffset[ScoreRow.Capacity];
    private readonly ScoreRow _row = new();
    private readonly Pace _pace = new();
    private long _sliceEvents = FirstSliceEvents;
    private int _slice;
    private Score _total;

    /// <summary>Counts what a memory learned.</summary>
    public void Learn(DateTimeOffset now, TenantId tenant, SourceId source, FeedReceipt receipt, bool areLabelled)
    {
        lock (_lock)
        {
            if (receipt.Learned > 0)
            {
                Score score = Score.Of(receipt, areLabelled);
                if (_total.Learned == 0 && !areLabelled)
                {
                    _sliceEvents = FirstSliceTexts;
                }

                OpenSlice(now);
                _total += score;
                _row.Add(_slice, score);
                _pace.Add(now, receipt.Learned);
            }

            Tenant(tenant).Learn(now, source, receipt, areLabelled, _slice);
        }
    }

    /// <summary>A tenant's memory says how it stands.</summary>
    public void Ask(DateTimeOffset now, TenantLook before, long notDurable)
    {
        lock (_lock)
        {
            if (_tenants.TryGetValue(before.Tenant, out TenantRecording? known))
            {
                known.Ask(now, before, notDurable);
            }
        }
    }

    /// <summary>Remembers nothing of a tenant but its part in the sums of all.</summary>
    public void Forget(TenantId tenant)
    {
        lock (_lock)
        {
            _tenants.Remove(tenant);
        }
    }

    /// <summary>How it stands.</summary>
    public ModelLook Read(DateTimeOffset now)
    {
        lock (_lock)
        {
            int slices = _total.Learned == 0 ? 0 : _slice + 1;
            return new ModelLook(
                _total,
                [.. _tenants.OrderBy(pair => pair.Key.Value, StringComparer.Ordinal).Select(pair => pair.Value.Read(pair.Key, slices))])
            {
                Slices = _row.Take(slices),
                Began = _began[..slices],
                PerSecond = _pace.Read(now),
            };
        }
    }

    private void OpenSlice(DateTimeOffset now)
    {
        if (_row[_slice].Learned >= _sliceEvents)
        {
            _slice++;
            if (_slice == ScoreRow.Capacity)
            {
                Halve();
            }
        }

        if (_row[_slice].Learned == 0)
        {
            _began[_slice] = now;
        }
    }

    private void Halve()
    {
        _slice = ScoreRow.Capacity / 2;
        _sliceEvents *= 2;
        _row.Halve();
        for (int i = 0; i < _slice; i++)
        {
            _began[i] = _began[2 * i];
        }

        foreach (TenantRecording tenant in _tenants.Values)
        {
            tenant.Row.Halve();
        }
    }

    private TenantRecording Tenant(TenantId tenant)
    {
        if (_tenants.TryGetValue(tenant, out TenantRecording? known))
        {
            return known;
        }

        if (_tenants.Count == MaxTenants)
        {
            _tenants.Remove(_tenants.MinBy(pair => pair.Value.LastSeen).Key);
        }

        return _tenants[tenant] = new TenantRecording();
    }
}
