namespace NestedLearning.Embedded.Tests.Storage;

/// <summary>The process died here: nothing after this point ran, and nothing was cleaned up.</summary>
internal sealed class SimulatedCrash : Exception;

/// <summary>Lets a store pass its fault points, notes them, and fails at the one that a test sets.</summary>
internal sealed class StoreFaults
{
    private readonly List<StoreFaultPoint> _passed = [];

    public IReadOnlyList<StoreFaultPoint> Passed => _passed;

    public StoreFaultPoint? FailAt { get; set; }

    public Exception Failure { get; set; } = new SimulatedCrash();

    public void Pass(StoreFaultPoint point)
    {
        _passed.Add(point);
        if (point == FailAt)
        {
            throw Failure;
        }
    }
}
