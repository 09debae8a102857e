using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Steps the parameters of one level. It counts the level's steps and no time: the same gradients give the same parameters to the bit.
/// Not safe for concurrent use.
/// </summary>
/// <remarks>
/// A step changes parameters and what is remembered of gradients where they lie, so memory does not grow, and it allocates at most a few
/// small objects for each operation, whatever the sizes.
/// </remarks>
public sealed class Optimiser : IDisposable
{
    private const string StepCount = "steps";

    private readonly ITensorBackend _backend;
    private readonly OptimiserSettings _settings;
    private readonly UpdateRule[] _rules;
    private readonly double[] _decays;
    private readonly Gradient[] _gradients;

    /// <summary>An optimiser that has taken no step. The group's tensors are on <paramref name="backend"/>.</summary>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public Optimiser(ITensorBackend backend, ParameterGroup group, OptimiserSettings settings)
    {
        string[] violations = [.. settings.Violations()];
        if (violations.Length > 0)
        {
            throw new InvalidSpecException(violations);
        }

        _backend = backend;
        _settings = settings;
        Group = group;
        _rules = [.. group.Select(parameter => settings.Rule.Create(backend, parameter))];
        _decays = [.. group.Select(parameter =>
            parameter.Shape.Rank < 2 || settings.WithoutDecay.Contains(parameter.Name) ? 0 : settings.WeightDecay)];
        _gradients = new Gradient[group.Count];
    }

    /// <summary>What it steps.</summary>
    public ParameterGroup Group { get; }

    /// <summary>The steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Takes one step.</summary>
    /// <param name="gradients">One for each parameter of the group, in its order.</param>
    /// <param name="scale">What the gradients are multiplied by first, for example 1 / the number of those that were added up.</param>
    /// <exception cref="ArgumentException">There are not as many gradients as parameters.</exception>
    /// <exception cref="ShapeException">One has another shape than its parameter, or inputs that do not fit.</exception>
    /// <exception cref="NotFiniteGradientException">They are clipped, and one holds a NaN or an infinity.</exception>
    public void Step(ReadOnlySpan<Gradient> gradients, double scale = 1)
    {
        Check(gradients);
        scale *= Clipping(gradients, scale);
        long step = Steps + 1;
        double learningRate = _settings.LearningRate.At(step);
        for (int i = 0; i < _rules.Length; i++)
        {
            _rules[i].Apply(gradients[i], new StepNumbers(step, learningRate, 1 - (learningRate * _decays[i]), scale));
        }

        Steps = step;
    }

    /// <summary>Takes one step with what <see cref="Tape.Gradients"/> gave for the group.</summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{Gradient}, double)"/>
    public void Step(ReadOnlySpan<Variable> gradients, double scale = 1)
    {
        Span<Gradient> values = gradients.Length == _gradients.Length ? _gradients : new Gradient[gradients.Length];
        for (int i = 0; i < gradients.Length; i++)
        {
            values[i] = new Gradient(gradients[i].Value);
        }

        Step(values, scale);
    }

    /// <summary>Takes one step along the mean of a period's gradients and clears their sum; without any it does nothing.</summary>
    /// <exception cref="NotFiniteGradientException">They are clipped, and one holds a NaN or an infinity.</exception>
    public void Step(GradientSum sum)
    {
        if (sum.Count > 0)
        {
            Step(sum.Values, 1.0 / sum.Count);
            sum.Clear();
        }
    }

    /// <summary>The step count and all that is remembered, as dense tensors "what/parameter".</summary>
    public TensorSet Save()
    {
        TensorSet state = [new IntegerTensor(StepCount, new[] { Steps })];
        Array.ForEach(_rules, rule => rule.Save(state));
        return state;
    }

    /// <summary>Takes up what <see cref="Save"/> gave, of an optimiser with the same rule over parameters like these; all or nothing.</summary>
    /// <exception cref="TensorMissingException">A tensor is missing, as it is in the state of another rule.</exception>
    /// <exception cref="ShapeException">A tensor has another shape.</exception>
    public void Load(TensorSet state)
    {
        long[] counts = [.. state.Get<IntegerTensor>(StepCount).Values.Span];
        if (counts is not [>= 0])
        {
            throw new ShapeException(nameof(Load), StepCount, $"[{string.Join(", ", counts)}]", "one number of 0 or more");
        }

        DenseTensor[][] found = Array.ConvertAll(_rules, rule => rule.Find(state));
        for (int i = 0; i < _rules.Length; i++)
        {
            _rules[i].Load(found[i]);
        }

        Steps = counts[0];
    }

    /// <summary>Gives up what is remembered. The parameters stay.</summary>
    public void Dispose() => Array.ForEach(_rules, rule => rule.Dispose());

    private void Check(ReadOnlySpan<Gradient> gradients)
    {
        if (gradients.Length != _rules.Length)
        {
            throw new ArgumentException(
                $"There are {gradients.Length} gradients for the {_rules.Length} parameters of '{Group.Name}'.", nameof(gradients));
        }

        for (int i = 0; i < _rules.Length; i++)
        {
            ShapeRules.Same(nameof(Step), Group[i].Name, gradients[i].Value.Shape, Group[i].Shape);
            _rules[i].Check(gradients[i]);
        }
    }

    /// <summary>What shortens the gradient of the whole group to its bound; 1 where it is not longer.</summary>
    private double Clipping(ReadOnlySpan<Gradient> gradients, double scale)
    {
        if (_settings.MaxGradientNorm is not { } longest)
        {
            return 1;
        }

        double squares = 0;
        foreach (Gradient gradient in gradients)
        {
            squares += _backend.SumOfSquares(gradient.Value);
        }

        double norm = Math.Abs(scale) * Math.Sqrt(squares);
        return double.IsFinite(norm)
            ? Math.Min(1, longest / Math.Max(norm, double.Epsilon))
            : throw new NotFiniteGradientException(Group.Name, Steps + 1);
    }
}
