namespace NestedLearning.Tensors.Tests.Autodiff;

public sealed class NotFiniteTests
{
    private static readonly TapeOptions Guarded = new() { RequireFinite = true };
    private readonly ManagedBackend _backend = new();

    [Fact]
    public void Operation_ThatMakesANaN_IsNamed()
    {
        using Tensor tensor = _backend.Create([2], [1, -1]);
        var error = Assert.Throws<NotFiniteException>(() => Run(tensor, Guarded, x => x.Log().Exp().Sum()));
        Assert.Equal("Log of [2] made a NaN or an infinity.", error.Message);
    }

    [Fact]
    public void Gradient_ThatMakesAnInfinity_NamesBothOperations()
    {
        using Tensor tensor = _backend.Create([2], [1, 0]);
        var error = Assert.Throws<NotFiniteException>(() => Run(tensor, Guarded, x => (x.SquareRoot() * 2).Sum()));
        Assert.Equal(("Divide", "SquareRoot"), (error.Operation, error.GradientOf));
        Assert.Equal("Divide of [2] and [2] made a NaN or an infinity in the gradient of SquareRoot.", error.Message);
    }

    [Fact]
    public void Operation_InsideACheckpoint_IsNamed()
    {
        using Tensor tensor = _backend.Create([2], [100, 0]);
        var error = Assert.Throws<NotFiniteException>(() => Run(tensor, Guarded, x => x.Tape.Checkpoint(inputs => inputs[0].Exp(), x).Sum()));
        Assert.Equal("Exp", error.Operation);
    }

    [Fact]
    public void Tape_AfterTheError_ReturnsItsBuffers()
    {
        Tensor tensor = _backend.Create([2], [1, 0]);
        Assert.Throws<NotFiniteException>(() => Run(tensor, Guarded, x => x.SquareRoot().Sum()));
        tensor.Dispose();
        Assert.Equal(0, _backend.Usage.BytesInUse);
    }

    [Fact]
    public void Tape_ByDefault_LetsThemThrough()
    {
        using Tensor tensor = _backend.Create([2], [1, 0]);
        Assert.Equal([0.5f, float.PositiveInfinity], Run(tensor, new TapeOptions(), x => x.SquareRoot().Sum()));
    }

    private float[] Run(Tensor tensor, TapeOptions options, Func<Variable, Variable> function)
    {
        using var tape = new Tape(_backend, options);
        Variable x = tape.Parameter(tensor);
        return tape.Gradients(function(x), [x])[0].ToArray();
    }
}
