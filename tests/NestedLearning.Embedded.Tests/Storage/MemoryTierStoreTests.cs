using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Storage;

public sealed class MemoryTierStoreTests : TierStoreTests
{
    protected override ITierStore Store { get; } = new MemoryTierStore();
}
