using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Lets a version pass or not, and keeps the probes by which it tells.</summary>
internal sealed class Gate
{
    private readonly GatePolicy? _policy;
    private readonly IReversibleLevel? _level;
    private readonly ProbeReservoir _probes;

    /// <exception cref="InvalidPolicyException">The policy asks for a gate, and the level's updates cannot be taken away again.</exception>
    public Gate(GatePolicy? policy, ISharedLevel level)
    {
        _policy = policy;
        _level = level as IReversibleLevel;
        _probes = new ProbeReservoir(policy?.ProbesPerLabel ?? 1);
        if (policy is not null && _level is null)
        {
            throw new InvalidPolicyException([$"{nameof(RoundPolicy.Gate)} is set, accepted for the level '{level.Spec.Id}', whose updates are no sums: none"]);
        }
    }

    /// <summary>Asks both versions; null where there is no gate, or too little to ask.</summary>
    public GateVerdict? Judge(TensorSet parent, TensorSet candidate)
    {
        if (_policy is null)
        {
            return null;
        }

        IReadOnlyList<Probe> probes = _probes.Probes;
        if (probes.Count < _policy.MinProbes)
        {
            return null;
        }

        int before = _level!.CountRight(parent, probes);
        int after = _level.CountRight(candidate, probes);
        return new GateVerdict(probes.Count, before, after, before - after <= _policy.MaxRegression * probes.Count);
    }

    /// <summary>
    /// The sources of a round, those first whose events the parent would have answered worst. New labels are held against nobody.
    /// </summary>
    public IReadOnlyList<SourceId> Suspects(TensorSet parent, IReadOnlyList<RoundUpdate> updates)
    {
        HashSet<string> known = [.. _probes.Probes.Select(probe => probe.Label)];
        return [.. updates
            .GroupBy(update => update.Source)
            .Select(source => (Source: source.Key, Events: source.SelectMany(update => _level!.ProbesOf(update.Contribution)).Where(probe => known.Contains(probe.Label)).ToArray()))
            .OrderBy(source => source.Events.Length == 0 ? 1 : (double)_level!.CountRight(parent, source.Events) / source.Events.Length)
            .ThenBy(source => source.Source.Value, StringComparer.Ordinal)
            .Select(source => source.Source)];
    }

    /// <summary>These updates are in the level now.</summary>
    public void Keep(IEnumerable<RoundUpdate> updates)
    {
        foreach (RoundUpdate update in _policy is null ? [] : updates)
        {
            _probes.Keep(update, _level!.ProbesOf(update.Contribution));
        }
    }

    /// <summary>These updates are not in the level any more.</summary>
    public void Drop(IEnumerable<RoundUpdate> updates)
    {
        foreach (RoundUpdate update in _policy is null ? [] : updates)
        {
            _probes.Drop(update, _level!.ProbesOf(update.Contribution));
        }
    }

    public TensorSet Save() => _policy is null ? [] : _probes.Save();

    public void Load(TensorSet state)
    {
        if (_policy is not null)
        {
            _probes.Load(state);
        }
    }
}
