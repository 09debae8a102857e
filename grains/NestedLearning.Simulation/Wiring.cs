using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>How the parts of a run are put together. A test puts something broken between them, to see that it is noticed.</summary>
internal class Wiring
{
    /// <summary>The store as one life of a silo uses it.</summary>
    public virtual ITierStore Store(ITierStore store, NodeLife life) => store;

    /// <summary>The level as a memory uses it.</summary>
    public virtual ILevelLink Link(ILevelLink link) => link;

    /// <summary>The level as it answers calls.</summary>
    public virtual ILevelService Level(ILevelService level) => level;

    /// <summary>The way from a client to its memory.</summary>
    public virtual IEventChannel Channel(IEventChannel channel) => channel;
}
