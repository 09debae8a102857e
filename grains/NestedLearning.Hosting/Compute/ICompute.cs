namespace NestedLearning.Hosting;

/// <summary>Where numerics run. What is given to it is pure computation: it waits for nothing.</summary>
public interface ICompute
{
    /// <summary>Runs a piece of work once it is its turn.</summary>
    /// <exception cref="NestedLearningException">There is more to do than may wait; the sender has to come again.</exception>
    ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken);
}
