using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// The owner of one tenant's or worker's private levels as a plain state machine: it runs the model, numbers what goes
/// up, and keeps it until it is durable above. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// Its host calls <see cref="Learn(SourceId, IReadOnlyList{LearningEvent}, int)"/> until a batch is consumed. Whenever <see cref="HasUnsaved"/>, it makes <see cref="Save"/>
/// durable and confirms with <see cref="ConfirmSaved"/>, before any other call; then it sends what is <see cref="Sendable"/>, and hands receipts and versions
/// back in. The marks of the senders are in the same blob as what was learned from them, so a resent event counts once.
/// </remarks>
public sealed class FastMemory
{
    private const string Totals = "totals";
    private const string IncarnationName = "incarnation";
    private const string ModelPrefix = "model/";

    private readonly MemoryAddress _address;
    private readonly RoundPolicy _policy;
    private readonly INestedModel _model;
    private readonly Outbox[] _outboxes;
    private readonly SourceMarks _marks = new();
    private readonly TakenFlushes _flushes = new();
    private long _savedBytes;
    private long _savedEvents;

    /// <summary>A memory that has seen nothing.</summary>
    public FastMemory(MemoryAddress address, ModelSpec spec, RoundPolicy policy)
    {
        _address = address;
        _policy = policy;
        _model = spec.CreateModel(policy.MinContributors);
        _outboxes = [.. spec.Levels.Where(level => level.Scope == LevelScope.Shared).Select(level => new Outbox(level, policy))];
    }

    /// <summary>Which of the models of its name it belongs to (<see cref="StoredModel.Incarnation"/>).</summary>
    public string Incarnation { get; init; } = "";

    /// <summary>Whether it goes on from a saved state.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>How it stands.</summary>
    public MemoryStatus Status => new(Learned, Correct, PrivateBytes, _savedBytes)
    {
        Loss = _model.Loss,
        CodeLength = _model.CodeLength,
        NotDurable = NotDurable,
    };

    /// <summary>What it has learned since it exists.</summary>
    public LearningTotals Learning => new(Learned, Correct) { Loss = _model.Loss, CodeLength = _model.CodeLength };

    /// <summary>What its private state occupies in memory, updates that it keeps included.</summary>
    public long PrivateBytes => _model.PrivateBytes + _outboxes.Sum(outbox => outbox.SizeBytes);

    /// <summary>The events it has learned since it exists.</summary>
    public long Learned { get; private set; }

    /// <summary>How many of those it predicted correctly just before learning them.</summary>
    public long Correct { get; private set; }

    /// <summary>Whether updates, or events that a flush has to make durable, wait for the state to be saved.</summary>
    public bool HasUnsaved { get; private set; }

    /// <summary>How many events, of all senders, are in no saved state yet.</summary>
    public long NotDurable => Learned - _savedEvents;

    /// <summary>Whether events were learned that no saved state contains; their senders still keep them.</summary>
    public bool HasUnsavedEvents => _marks.HasUndurable;

    /// <summary>
    /// Whether no more events are learned for now: a level has as many updates under way as the policy allows, or one where
    /// memories wait for the version that their update goes into.
    /// </summary>
    public bool IsBlocked => _outboxes.Any(outbox => outbox.UnderWay >= (_policy.Synchronous ? 1 : _policy.MaxInFlight));

    /// <summary>What of a source's events is applied, and durable.</summary>
    public Receipt ReceiptFor(SourceId source) => _marks.ReceiptFor(source);

    /// <summary>
    /// Predicts and then learns events from <paramref name="start"/> on, up to the end, to a period's boundary, where
    /// updates are drained into the outbox, or as long as it is not blocked. Known sequence numbers are skipped.
    /// </summary>
    /// <returns>The index of the first event that was not consumed.</returns>
    /// <exception cref="EventRefusedException">An event is not acceptable; those before it are learned.</exception>
    public int Learn(SourceId source, IReadOnlyList<LearningEvent> events, int start)
    {
        bool isBlocked = IsBlocked;
        long mark = _marks.Applied(source);
        for (int i = start; i < events.Count; i++)
        {
            if (events[i].Sequence <= mark && events[i].Sequence > 0)
            {
                continue;
            }

            if (isBlocked || DrainFullPeriods())
            {
                return i;
            }

            Learn(source, events[i]);
            mark = events[i].Sequence;
        }

        return events.Count;
    }

    /// <summary>Answers without learning.</summary>
    /// <exception cref="InvalidInputException">The input is not acceptable.</exception>
    public Prediction Predict(ModelInput input) => _model.Predict(input);

    /// <summary>
    /// Ends every level's period early. Where a round waits for several sources, a memory without events sends an empty
    /// update, so that the others need not wait for it; but never while its last one is under way.
    /// </summary>
    /// <returns>Whether something was ended; false for a flush that is repeated.</returns>
    public bool Flush(SourceId source, FlushTicket ticket)
    {
        if (!_flushes.TryTake(source, ticket))
        {
            return false;
        }

        foreach (Outbox outbox in _outboxes)
        {
            bool isExpected = _policy.MinContributors > 1 && outbox.UnderWay == 0;
            if (isExpected || _model.Pending(outbox.Level.Id) > 0)
            {
                Drain(outbox);
            }
        }

        // Where rounds wait for this memory, the ticket has to be known after a crash, too.
        HasUnsaved |= HasUnsavedEvents || _policy.MinContributors > 1;
        return true;
    }

    /// <summary>
    /// Ends the period of a level, or of all, in which something was learned. Unlike a flush it asks for no answer and may
    /// come at any time: a period without events goes on.
    /// </summary>
    public void EndPeriods(LevelId? level)
    {
        foreach (Outbox outbox in _outboxes.Where(outbox => level is null || outbox.Level.Id == level))
        {
            if (_model.Pending(outbox.Level.Id) > 0)
            {
                Drain(outbox);
            }
        }

        HasUnsaved |= HasUnsavedEvents;
    }

    /// <summary>The updates of a level that may be sent now, in order.</summary>
    public IReadOnlyList<OutboxEntry> Sendable(LevelId level) => Find(level).Sendable;

    /// <summary>The number of a level's updates that are in no adopted version yet.</summary>
    public int InFlight(LevelId level) => Find(level).UnderWay;

    /// <summary>The version of a level that is adopted.</summary>
    public long VersionOf(LevelId level) => Find(level).Version;

    /// <summary>The last update of a level that its consolidator called durable. It and those before it are not kept.</summary>
    public long DurableAbove(LevelId level) => Find(level).Durable;

    /// <summary>Takes in a consolidator's answer.</summary>
    public void Accept(LevelId level, Receipt receipt) => Find(level).Accept(receipt);

    /// <summary>
    /// Adopts a version of a level and releases what it contains of this memory's own updates: those that
    /// <paramref name="marks"/> call durable. A version older than the adopted one changes nothing.
    /// </summary>
    public void Adopt(LevelId level, LevelVersion version, Receipt marks)
    {
        Outbox outbox = Find(level);
        if (version.Number < outbox.Version)
        {
            return;
        }

        _model.Adopt(level, version, marks.DurableThrough);
        outbox.Adopt(version, marks);
    }

    /// <summary>What it is at this moment, saved or not.</summary>
    public HeldMemory Hold() => new(
        new HeldMemoryDocument(
            Learned,
            Correct,
            _model.Loss,
            PrivateBytes,
            _savedBytes,
            [.. _marks.All.Select(mark => new HeldSource(mark.Source.Value, mark.Marks.AppliedThrough, mark.Marks.DurableThrough))],
            [.. _outboxes.Select(outbox => new HeldOutbox(outbox.Level.Id.Value, outbox.Version, outbox.Last, outbox.Applied, outbox.Durable))]),
        Save());

    /// <summary>The whole state as one blob.</summary>
    public byte[] Save()
    {
        TensorSet state = [new IntegerTensor(Totals, new[] { Learned, Correct })];
        _marks.Save(state);
        _flushes.Save(state);
        foreach (Outbox outbox in _outboxes)
        {
            outbox.Save(state);
        }

        if (Incarnation.Length > 0)
        {
            state.Add(new TextTensor(IncarnationName, [Incarnation]));
        }

        state.AddPart(ModelPrefix, _model.Save());
        FrameHeader header = new(FrameKind.Snapshot, _address.Model) { Source = _address.Source };
        return StateFrames.Encode(header, state, MemoryEncodings.Exact);
    }

    /// <summary>The state that <see cref="Save"/> gave last is durable; its updates may be sent.</summary>
    public void ConfirmSaved(int savedBytes)
    {
        _savedBytes = savedBytes;
        _savedEvents = Learned;
        HasUnsaved = false;
        _marks.ConfirmDurable();
        foreach (Outbox outbox in _outboxes)
        {
            outbox.ConfirmSaved();
        }
    }

    /// <summary>
    /// Takes up a saved state, in a memory that has seen nothing; versions are adopted afterwards. One of an earlier model of the same name
    /// is none.
    /// </summary>
    /// <exception cref="FrameException">The bytes are not a whole state.</exception>
    public void Load(ReadOnlyMemory<byte> saved)
    {
        TensorSet state = StateFrames.Decode(saved, _address.Model);
        if (state.Find(IncarnationName) is TextTensor { Texts: [var incarnation] } ? incarnation != Incarnation : Incarnation.Length > 0)
        {
            return;
        }

        IsLoaded = true;
        ReadOnlySpan<long> totals = state.Get<IntegerTensor>(Totals).Values.Span;
        Learned = totals[0];
        _savedEvents = Learned;
        Correct = totals[1];
        _marks.Load(state);
        _flushes.Load(state);
        foreach (Outbox outbox in _outboxes)
        {
            outbox.Load(state);
        }

        _model.Load(state.Part(ModelPrefix));
        _savedBytes = saved.Length;
    }

    private void Learn(SourceId source, LearningEvent learningEvent)
    {
        try
        {
            if (learningEvent.Sequence < 1)
            {
                throw new InvalidInputException("sequence", $"is {learningEvent.Sequence}", "numbers from 1");
            }

            Prediction prediction = _model.Step(learningEvent.Input, learningEvent.Label);
            Correct += prediction.Label == learningEvent.Label ? 1 : 0;
        }
        catch (InvalidInputException error)
        {
            throw new EventRefusedException(learningEvent.Sequence, error);
        }

        Learned++;
        _marks.Advance(source, learningEvent.Sequence);
    }

    private bool DrainFullPeriods()
    {
        bool drained = false;
        foreach (Outbox outbox in _outboxes)
        {
            if (_model.Pending(outbox.Level.Id) >= outbox.Level.PeriodAfter(outbox.FoldedEvents))
            {
                Drain(outbox);
                drained = true;
            }
        }

        return drained;
    }

    private void Drain(Outbox outbox)
    {
        long sequence = outbox.Last + 1;
        Contribution contribution = _model.Drain(outbox.Level.Id, sequence);
        FrameHeader header = new(FrameKind.Update, _address.Model)
        {
            Level = outbox.Level.Id,
            Source = _address.Source,
            Sequence = sequence,
            BaseVersion = outbox.Version,
            Events = contribution.Events,
            UpdateKind = outbox.Level.Kind,
        };
        outbox.Add(new OutboxEntry(sequence, outbox.Encoder.Encode(header, contribution)));
        HasUnsaved = true;
    }

    private Outbox Find(LevelId level) =>
        Array.Find(_outboxes, outbox => outbox.Level.Id == level)
        ?? throw new ArgumentException($"The model has no shared level '{level}'.", nameof(level));
}
