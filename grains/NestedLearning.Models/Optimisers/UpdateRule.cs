using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// What an optimiser does with one parameter, and what it remembers of its gradients: an associative memory of them
/// (Nested Learning, Definition 1). It keeps no count of its own.
/// </summary>
internal abstract class UpdateRule : IDisposable
{
    private readonly string[] _names;

    /// <summary>A rule that remembers tensors of the parameter's shape, first 0, by these names.</summary>
    protected UpdateRule(ITensorBackend backend, Parameter parameter, params string[] names)
        : this(backend, parameter, names, Array.ConvertAll(names, _ => backend.Fill(parameter.Shape, 0)))
    {
    }

    /// <summary>A rule that takes over what it remembers at first.</summary>
    protected UpdateRule(ITensorBackend backend, Parameter parameter, string[] names, Tensor[] state)
    {
        Backend = backend;
        Parameter = parameter;
        _names = names;
        State = state;
    }

    protected ITensorBackend Backend { get; }

    protected Parameter Parameter { get; }

    /// <summary>What it remembers, in the order of the names.</summary>
    protected Tensor[] State { get; }

    /// <summary>Refuses inputs that do not fit the parameter.</summary>
    /// <exception cref="ShapeException">They do not fit.</exception>
    public virtual void Check(Gradient gradient)
    {
    }

    /// <summary>Changes the parameter, and what is remembered, by a gradient of the parameter's shape.</summary>
    public abstract void Apply(Gradient gradient, in StepNumbers numbers);

    /// <summary>Appends what it remembers.</summary>
    public void Save(TensorSet state)
    {
        for (int i = 0; i < State.Length; i++)
        {
            state.Add(StoredTensor.Of(Backend, NameOf(i), State[i]));
        }
    }

    /// <summary>The tensors that <see cref="Load"/> will take up.</summary>
    /// <exception cref="TensorMissingException">One is missing.</exception>
    /// <exception cref="ShapeException">One has another shape.</exception>
    public DenseTensor[] Find(TensorSet state) =>
        [.. State.Select((tensor, i) => StoredTensor.Find(state, NameOf(i), tensor.Shape))];

    /// <summary>Takes up what <see cref="Find"/> found.</summary>
    public virtual void Load(DenseTensor[] state)
    {
        for (int i = 0; i < State.Length; i++)
        {
            State[i].Dispose();
            State[i] = Backend.Create(State[i].Shape, state[i].Values.Span);
        }
    }

    /// <inheritdoc/>
    public virtual void Dispose() => Array.ForEach(State, tensor => tensor.Dispose());

    /// <summary>Moves the parameter along a direction: <c>θ ← kept θ − rate direction</c>.</summary>
    protected void Move(double kept, Tensor direction, double rate) =>
        Parameter.Value = Backend.Blend(Parameter.Value, kept, direction, -rate);

    /// <summary>Blends into what is remembered: <c>m ← keep m + scale x</c>.</summary>
    protected void Remember(int index, double keep, Tensor x, double scale) =>
        State[index] = Backend.Blend(State[index], keep, x, scale);

    private string NameOf(int index) => $"{_names[index]}/{Parameter.Name}";
}
