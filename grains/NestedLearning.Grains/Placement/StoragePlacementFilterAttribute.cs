using Orleans.Placement;

namespace NestedLearning.Grains;

/// <summary>
/// Marks a grain that is slow, careful and durable, such as a consolidator: it belongs on a stable silo near the storage.
/// Where there is none, any silo will do: a consolidator in a bad place is better than none.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StoragePlacementFilterAttribute(int order = 0)
    : PlacementFilterAttribute(new StoragePlacementFilterStrategy(order));

/// <summary>The silos near the storage, if there are any.</summary>
internal sealed class StoragePlacementFilterStrategy(int order) : PlacementFilterStrategy(order)
{
    public StoragePlacementFilterStrategy()
        : this(0)
    {
    }
}
