using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Lets a version pass or not, and keeps the probes by which it tells.</summary>
internal sealed class Gate
{
    private const string Answers = "answers";

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

    /// <summary>
    /// Compares what the level solved last of its parent and a round; null where there is no gate, or too little to ask.
    /// </summary>
    public GateJudgement? Judge(TensorSet parent, IReadOnlyList<RoundUpdate> updates)
    {
        KeptProbe[] asked = _policy is null ? [] : [.. _probes.All.Where(probe => probe.IsRight is not null)];
        if (_policy is null || asked.Length < _policy.MinProbes)
        {
            return null;
        }

        IReadOnlyDictionary<KeptProbe, bool> areRight = Ask(asked);
        int before = asked.Count(probe => probe.IsRight == true);
        int after = areRight.Values.Count(isRight => isRight);
        SourceAgreement[] sources = Agreements(parent, asked, updates);
        SourceId[] strangers = [.. sources.Where(source => source.IsBelow(_policy.MinAgreement)).Select(source => source.Source)];
        bool isPassed = before - after <= _policy.MaxRegression * asked.Length && strangers.Length == 0;
        GateVerdict verdict = new(asked.Length, before, after, isPassed)
        {
            Agreement = sources.Where(source => source.Expected > 0).Select(source => (double?)source.Ratio).FirstOrDefault(),
        };
        return new GateJudgement(verdict, areRight, [.. sources.Select(source => source.Source)], strangers);
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

    /// <summary>What the level solved last is the newest version: its answers are those that the next one is compared with.</summary>
    /// <param name="judgement">What is known of them already; null for nothing.</param>
    public void Settle(GateJudgement? judgement)
    {
        KeptProbe[] all = _policy is null ? [] : [.. _probes.All];
        IReadOnlyDictionary<KeptProbe, bool> known = judgement?.AreRight ?? new Dictionary<KeptProbe, bool>();
        IReadOnlyDictionary<KeptProbe, bool> asked = Ask([.. all.Where(probe => !known.ContainsKey(probe))]);
        foreach (KeptProbe probe in all)
        {
            probe.IsRight = known.TryGetValue(probe, out bool isRight) ? isRight : asked[probe];
        }
    }

    /// <summary>How well the newest version knows each source that has probes, by name.</summary>
    public IReadOnlyList<ProbeScore> Scores() => _policy is null
        ? []
        : [.. _probes.All
            .Where(probe => probe is { Source: not null, IsRight: not null })
            .GroupBy(probe => probe.Source!.Value.Value)
            .OrderBy(source => source.Key, StringComparer.Ordinal)
            .Select(source => new ProbeScore(source.Key, source.Count(), source.Count(probe => probe.IsRight == true)))];

    /// <summary>The probes of one source.</summary>
    public TensorSet Of(SourceId source) => _policy is null ? [] : _probes.Of(source);

    public TensorSet Save() => _policy is null ? [] : _probes.Save();

    public void Load(TensorSet state)
    {
        if (_policy is not null)
        {
            _probes.Load(state);
        }
    }

    /// <summary>Saves how the newest version answers, for what <see cref="Save"/> gave and the updates since bring the probes alone.</summary>
    public void SaveAnswers(TensorSet state)
    {
        if (_policy is not null)
        {
            state.Add(new BytesTensor(Answers, _probes.All.Select(probe => probe.IsRight == true ? (byte)1 : (byte)0).ToArray()));
        }
    }

    /// <summary>Takes up what <see cref="SaveAnswers"/> made, with the same probes.</summary>
    /// <exception cref="FrameException">They are not the same.</exception>
    public void LoadAnswers(TensorSet state)
    {
        if (_policy is null)
        {
            return;
        }

        KeptProbe[] all = [.. _probes.All];
        ReadOnlySpan<byte> answers = state.Get<BytesTensor>(Answers).Bytes.Span;
        if (answers.Length != all.Length)
        {
            throw new FrameException(FrameProblem.BadValue, Answers, $"has {answers.Length} values, one for each of {all.Length} probes is accepted");
        }

        for (int i = 0; i < all.Length; i++)
        {
            all[i].IsRight = answers[i] != 0;
        }
    }

    private Dictionary<KeptProbe, bool> Ask(KeptProbe[] probes)
    {
        bool[] areRight = probes.Length == 0 ? [] : _level!.AnswerHeldOut(Array.ConvertAll(probes, probe => probe.Probe));
        return probes.Zip(areRight).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    private SourceAgreement[] Agreements(TensorSet parent, KeptProbe[] probes, IReadOnlyList<RoundUpdate> updates)
    {
        Dictionary<string, double> rates = probes
            .GroupBy(probe => probe.Probe.Label)
            .ToDictionary(label => label.Key, label => (double)label.Count(probe => probe.IsRight == true) / label.Count());
        return [.. updates
            .GroupBy(update => update.Source)
            .Select(source => Agreement(source.Key, [.. source.SelectMany(update => _level!.ProbesOf(update.Contribution)).Where(probe => rates.ContainsKey(probe.Label))]))
            .OrderBy(source => source.Ratio)
            .ThenBy(source => source.Source.Value, StringComparer.Ordinal)];

        SourceAgreement Agreement(SourceId source, Probe[] events) =>
            new(source, events.Length, _level!.CountRight(parent, events), events.Sum(probe => rates[probe.Label]));
    }
}
