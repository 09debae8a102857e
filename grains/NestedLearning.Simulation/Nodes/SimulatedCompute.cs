using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>A silo's processors: work takes a while at times, and now and then there is too much of it.</summary>
internal sealed class SimulatedCompute(World world, NodeLife life) : ICompute
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (world.Chance.Is(world.Faults.SlowCompute))
        {
            await life.Delay(world.Chance.Between(Shortest, world.Faults.LongestCompute));
        }

        return world.Chance.Is(world.Faults.Busy) ? throw new BusyException(life.Name) : work();
    }
}
