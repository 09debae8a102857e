using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Protocol;

/// <summary>A consolidator and its host, cut into steps between which it can crash.</summary>
internal sealed class ConsolidatorNode
{
    private readonly ProtocolSettings _settings;
    private readonly Dictionary<SourceId, long> _promised = [];
    private readonly Dictionary<long, byte[]> _bases = [];
    private readonly Queue<Action> _saving = new();
    private byte[]? _durable;
    private long _published;

    public ConsolidatorNode(ProtocolSettings settings)
    {
        _settings = settings;
        Consolidator = Create();
    }

    public Consolidator Consolidator { get; private set; }

    /// <summary>How often a new base took the place of a journal.</summary>
    public int Rebases { get; private set; }

    /// <summary>Between a save and its confirmation a host calls nothing else.</summary>
    public bool IsServing => _saving.Count == 0;

    public ReadOnlyMemory<byte> Durable => _durable;

    public byte[]? Base => _durable is null ? null : _bases.GetValueOrDefault(Consolidator.ReadBaseNumber(_durable, ProtocolSettings.Model));

    public Receipt Submit(ReadOnlyMemory<byte> update, SourceId source, DateTimeOffset now)
    {
        Receipt receipt = Consolidator.Submit(update, now);
        Promise(source, receipt);
        return receipt;
    }

    public VersionReply Pull(SourceId source, long version)
    {
        VersionReply reply = Consolidator.Pull(source, version);
        Promise(source, reply.Marks);
        _published = Math.Max(_published, reply.Version);
        return reply;
    }

    /// <summary>One step of the host: a fold, or a step of saving it; a save may fail at any step but the last.</summary>
    public void Advance(DateTimeOffset now, bool fails)
    {
        if (_saving.Count > 1 && fails)
        {
            _saving.Clear();
        }
        else if (_saving.TryDequeue(out Action? step))
        {
            step();
        }
        else if (Consolidator.HasUnsavedFold)
        {
            PlanSave(Consolidator.Save());
        }
        else if (Consolidator.IsRoundDue(now))
        {
            Consolidator.Fold(now);
        }
    }

    /// <summary>Starts again from what is durable.</summary>
    public void Crash()
    {
        _saving.Clear();
        Consolidator = Create();
        if (_durable is not null)
        {
            long number = Consolidator.ReadBaseNumber(_durable, ProtocolSettings.Model);
            ProtocolViolation.Require(number == 0 || _bases.ContainsKey(number), "the base that a state refers to is there");
            Consolidator.Load(_durable, number == 0 ? default : _bases[number]);
        }

        ProtocolViolation.Require(Consolidator.Published.Number >= _published, "a published version survives a crash");
        foreach ((SourceId source, long promised) in _promised)
        {
            ProtocolViolation.Require(
                Consolidator.ReceiptFor(source).DurableThrough >= promised, "what a consolidator called durable survives its crash");
        }
    }

    private Consolidator Create() =>
        new(ProtocolSettings.Model, _settings.Spec, ClassifierSpec.SlowLevel, _settings.Policy, FrameLimits.Default, threads: 1);

    private void PlanSave(ConsolidatorState saved)
    {
        List<Action> steps = [() => _durable = saved.State, () => Consolidator.ConfirmSaved(saved)];
        if (saved.NewBase is not null)
        {
            steps.Insert(
                _settings.Broken == BrokenRule.StateIsSavedBeforeItsBase ? 1 : 0, () => _bases[saved.BaseNumber] = saved.NewBase);
            steps.Add(() => Retire(saved.BaseNumber));
        }

        if (_settings.Broken == BrokenRule.ConsolidatorConfirmsWithoutSaving && saved.NewBase is null)
        {
            steps.RemoveAt(0);
        }

        steps.ForEach(_saving.Enqueue);
    }

    private void Retire(long current)
    {
        Rebases++;
        foreach (long number in _bases.Keys.Where(number => number < current).ToArray())
        {
            _bases.Remove(number);
        }
    }

    private void Promise(SourceId source, Receipt receipt)
    {
        ProtocolViolation.Require(receipt.DurableThrough <= receipt.AppliedThrough, "nothing is durable that is not applied");
        _promised[source] = Math.Max(_promised.GetValueOrDefault(source), receipt.DurableThrough);
    }
}
