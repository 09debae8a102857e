namespace NestedLearning.Tensors.Tests.Autodiff;

public sealed class TapeTests : IDisposable
{
    private readonly ManagedBackend _backend = new();
    private readonly Tensor _three;
    private readonly Tensor _vector;

    public TapeTests()
    {
        _three = _backend.Fill([], 3);
        _vector = _backend.Create([3], [1, -2, 4]);
    }

    public void Dispose()
    {
        _three.Dispose();
        _vector.Dispose();
        Assert.Equal(0, _backend.Usage.BytesInUse);
    }

    [Fact]
    public void NoGradient_UntilDisposed_RecordsNothing()
    {
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(_three);
        IDisposable pause = tape.NoGradient();
        Assert.False((x * x).NeedsGradient);
        pause.Dispose();
        pause.Dispose();
        Assert.True((x * x).NeedsGradient);
        Assert.False((tape.Constant(_three) * 2).NeedsGradient);
    }

    [Fact]
    public void Detach_OfAFactor_StopsItsGradient()
    {
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(_three);
        Assert.Equal([3f], tape.Gradients(x * x.Detach(), [x])[0].ToArray());
    }

    [Fact]
    public void Keep_OfAResult_OutlivesTheTape()
    {
        Tensor kept;
        using (var tape = new Tape(_backend))
        {
            kept = (tape.Parameter(_vector) * 2).Keep();
        }

        float[] values = new float[3];
        _backend.Read(kept, values);
        Assert.Equal([2f, -4f, 8f], values);
        kept.Dispose();
    }

    [Fact]
    public void Variables_AfterTheirTape_AreRefused()
    {
        var tape = new Tape(_backend);
        Variable x = tape.Parameter(_vector);
        Variable y = x * 2;
        tape.Dispose();
        tape.Dispose();
        Assert.Throws<ObjectDisposedException>(() => y.ToArray());
        Assert.Throws<ObjectDisposedException>(() => x * 2);
        Assert.Throws<ObjectDisposedException>(() => tape.Fill([], 1));
    }

    [Fact]
    public void Gradients_OfWhatIsNotReached_AreZeros()
    {
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(_three);
        Variable y = tape.Parameter(_vector);
        Variable later = (y * 2).Sum();
        Assert.Equal([0f, 0f, 0f], tape.Gradients(x * x, [y])[0].ToArray());
        Assert.Equal([0f], tape.Gradients(x * x, [later])[0].ToArray());
        Assert.Equal([0f], tape.Gradients(tape.Constant(_three), [x])[0].ToArray());
        Assert.Empty(tape.Gradients(x * x, []));
    }

    [Fact]
    public void Gradients_OfIntermediatesAndParameters_AreBothGiven()
    {
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(_three);
        Variable square = x * x;
        Variable[] gradients = tape.Gradients(square * square, [x, square, x]);
        Assert.Equal([[108f], [18f], [108f]], gradients.Select(gradient => gradient.ToArray()));
    }

    [Fact]
    public void Gradients_WithASeed_AreThoseOfTheWeightedSum()
    {
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(_vector);
        Variable seed = tape.Own(_backend.Create([3], [1, 10, 100]));
        Assert.Equal([2f, -40f, 800f], tape.Gradients(x * x, [x], seed)[0].ToArray());
        Assert.Equal([1f, 10f, 100f], seed.ToArray());
    }

    [Fact]
    public void Gradients_OfASharedOutput_CanBeAskedForTwice()
    {
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(_vector);
        Variable y = (x * x).Sum();
        float[] first = tape.Gradients(y, [x])[0].ToArray();
        Assert.Equal(first, tape.Gradients(y, [x])[0].ToArray());
    }

    [Fact]
    public void Gradients_ThirdDerivative_IsExact()
    {
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(_three);
        Variable first = tape.Gradients(x * x * x * x, [x], createGraph: true)[0];
        Variable second = tape.Gradients(first, [x], createGraph: true)[0];
        Assert.Equal([72f], tape.Gradients(second, [x])[0].ToArray());
    }

    [Fact]
    public void Gradients_OfAVectorWithoutASeed_AreRefused()
    {
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(_vector);
        Assert.Contains("[3], expected one element, or a seed", Assert.Throws<ShapeException>(() => tape.Gradients(x * x, [x])).Message);
        Assert.Throws<ShapeException>(() => tape.Gradients(x * x, [x], tape.Fill([2], 1)));
    }

    [Fact]
    public void Gradients_OfAConstantOrAnotherTape_AreRefused()
    {
        using var tape = new Tape(_backend);
        using var other = new Tape(_backend);
        Variable x = tape.Parameter(_three);
        Assert.Throws<ArgumentException>(() => tape.Gradients(x * x, [tape.Constant(_three)]));
        Assert.Throws<ArgumentException>(() => tape.Gradients(x * x, [other.Parameter(_three)]));
        Assert.Throws<ArgumentException>(() => x * other.Parameter(_three));
    }
}
