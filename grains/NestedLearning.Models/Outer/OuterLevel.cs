using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A shared level of dense parameters whose updates are gradients or deltas: a fold makes one direction of its round, and takes one
/// step of the outer optimiser.
/// </summary>
/// <remarks>
/// Gradients: the direction is their sum divided by the events behind them (Nested Learning, Eq. 71), so the partition over sources
/// does not matter. Deltas: the direction is the negative mean over the sources that saw events, DiLoCo's outer gradient
/// (arXiv 2311.08105). A round without events changes nothing.
/// </remarks>
public sealed class OuterLevel : ISharedLevel
{
    /// <summary>
    /// The largest magnitude in an update, by event for gradients. Values up to here, folded at the largest rate, stay finite
    /// for longer than any level lives.
    /// </summary>
    public const float MaxMagnitude = 1e12f;

    /// <summary>The most events behind one update.</summary>
    public const long MaxEvents = 1L << 40;

    private const string Parameters = "level/";
    private const string EventCount = "events";
    private const string FoldCount = "folds";

    private readonly AggregationSettings _aggregation;
    private readonly DenseLayout _layout;
    private readonly IOuterOptimiser _optimiser;
    private float[] _parameters;
    private long _folds;

    /// <summary>A level with nothing folded.</summary>
    /// <param name="spec">Its settings; its kind is gradient or delta.</param>
    /// <param name="initial">The parameters of version 0, all dense. Updates carry tensors of the same names and shapes.</param>
    /// <param name="optimiser">How it steps.</param>
    /// <param name="aggregation">What it does about sources that send nonsense.</param>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public OuterLevel(LevelSpec spec, TensorSet initial, OuterSettings optimiser, AggregationSettings aggregation)
        : this(spec, initial, optimiser.Violations(), layout => optimiser.Create(layout.Length), aggregation)
    {
    }

    /// <summary>A level with nothing folded, which steps by any rule that a model's own levels have; its step count is that of folds.</summary>
    /// <inheritdoc cref="OuterLevel(LevelSpec, TensorSet, OuterSettings, AggregationSettings)"/>
    /// <exception cref="InvalidParameterNameException">A tensor has a name of more than 48 characters.</exception>
    public OuterLevel(LevelSpec spec, TensorSet initial, OptimiserSettings optimiser, AggregationSettings aggregation)
        : this(spec, initial, optimiser.Violations(), layout => new LevelOptimiser(optimiser, layout), aggregation)
    {
    }

    private OuterLevel(
        LevelSpec spec,
        TensorSet initial,
        IEnumerable<string> optimiserViolations,
        Func<DenseLayout, IOuterOptimiser> createOptimiser,
        AggregationSettings aggregation)
    {
        string[] violations = [.. optimiserViolations, .. aggregation.Violations(), .. KindViolations(spec)];
        if (violations.Length > 0)
        {
            throw new InvalidSpecException(violations);
        }

        Spec = spec;
        _aggregation = aggregation;
        _layout = new DenseLayout(initial);
        _parameters = _layout.Gather(initial);
        _optimiser = createOptimiser(_layout);
    }

    /// <inheritdoc/>
    public LevelSpec Spec { get; }

    /// <summary>Tensors that are 0 again after every so many folds with events, by name; none by default.</summary>
    internal IReadOnlyDictionary<string, long> Restarts { get; init; } = new Dictionary<string, long>();

    /// <inheritdoc/>
    public long Events { get; private set; }

    /// <inheritdoc/>
    public long StateBytes => 2L * sizeof(float) * _layout.Length;

    /// <inheritdoc/>
    public void Begin(TensorSet parameters, TensorSet statistics)
    {
        if (statistics.Count > 0)
        {
            throw new InvalidInputException("levels", $"have statistics for '{Spec.Id}', whose updates are of the kind {Spec.Kind}", "parameters alone");
        }

        try
        {
            _layout.Check(parameters, MaxMagnitude);
            _parameters = _layout.Gather(parameters);
        }
        catch (InvalidContributionException error)
        {
            throw new InvalidInputException("levels", error.Message);
        }
    }

    /// <inheritdoc/>
    public void Check(Contribution contribution)
    {
        if (contribution.Events is < 0 or > MaxEvents)
        {
            throw new InvalidContributionException(EventCount, $"are {contribution.Events}", $"0 to {MaxEvents}");
        }

        // Without events there is nothing to send but zeros.
        float unit = Spec.Kind == UpdateKind.Gradient ? contribution.Events : Math.Sign(contribution.Events);
        _layout.Check(contribution.Tensors, unit * MaxMagnitude);
    }

    /// <inheritdoc/>
    public void Absorb(IReadOnlyList<Contribution> round)
    {
        float[]? direction = Aggregation.Combine(SourceUpdate.Of(round, Spec.Kind, _layout), _aggregation);
        if (direction is not null)
        {
            if (Spec.Kind == UpdateKind.Delta)
            {
                Vectors.Scale(-1, direction);
            }

            _optimiser.Step(direction, _parameters);
            _folds++;
            _layout.Clear(_parameters, name => Restarts.TryGetValue(name, out long folds) && _folds % folds == 0);
        }

        Events += round.Sum(contribution => contribution.Events);
    }

    /// <inheritdoc/>
    public TensorSet Solve()
    {
        TensorSet parameters = [];
        _layout.Append(parameters, "", _parameters);
        return parameters;
    }

    /// <inheritdoc/>
    public TensorSet Save()
    {
        TensorSet state = [new IntegerTensor(EventCount, new[] { Events })];
        if (Restarts.Count > 0)
        {
            state.Add(new IntegerTensor(FoldCount, new[] { _folds }));
        }

        _layout.Append(state, Parameters, _parameters);
        _optimiser.Save(state, _layout);
        return state;
    }

    /// <inheritdoc/>
    public void Load(TensorSet state)
    {
        Events = state.Get<IntegerTensor>(EventCount).Values.Span[0];
        _folds = Restarts.Count > 0 ? state.Get<IntegerTensor>(FoldCount).Values.Span[0] : 0;
        _parameters = _layout.Gather(state, Parameters);
        _optimiser.Load(state, _layout);
    }

    private static IEnumerable<string> KindViolations(LevelSpec spec)
    {
        if (spec.Kind is not (UpdateKind.Gradient or UpdateKind.Delta))
        {
            yield return $"{nameof(spec.Kind)} is {spec.Kind}, accepted: {UpdateKind.Gradient}, {UpdateKind.Delta}";
        }
    }
}
