using Orleans.Placement;

namespace NestedLearning.Grains;

/// <summary>
/// Marks a fast memory: it belongs on a silo with the compute that its model asks for. Its key is <c>model/tenant</c>.
/// </summary>
/// <remarks>
/// The filter says which silos are good enough; the grain's placement strategy picks one of them. For memories that is
/// <see cref="ActivationCountBasedPlacementAttribute"/>: memories of one model weigh about the same, and when a cluster
/// starts and a hundred thousand come back within seconds, it counts what it has placed itself since the last statistics.
/// Placement by resources knows only those statistics, and sends everything of a second to the silo that was the idlest.
/// Before the first statistics, for about a second, a silo that is asked places memories on itself.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ComputePlacementFilterAttribute(int order = 0)
    : PlacementFilterAttribute(new ComputePlacementFilterStrategy(order));

/// <summary>The silos with the compute that a model asks for.</summary>
internal sealed class ComputePlacementFilterStrategy(int order) : PlacementFilterStrategy(order)
{
    public ComputePlacementFilterStrategy()
        : this(0)
    {
    }
}
