using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Consolidation;

public class ProbeReservoirTests
{
    [Fact]
    public void Save_Loaded_HasTheSameProbes()
    {
        ProbeReservoir saved = new(2);
        Probe[] events = [.. Enumerable.Range(0, 9).Select(i => new Probe($"class {i % 3}", Vector(i, 0.5f)) { Targets = Vector(i % 3, -0.1f), At = 100 * i })];
        saved.Keep(new RoundUpdate(new SourceId("a"), 7, new Contribution(9, []), default), events);

        ProbeReservoir loaded = new(2);
        loaded.Load(saved.Save());

        Assert.Equal(6, loaded.All.Count());
        Assert.Equal(saved.All.Select(Describe), loaded.All.Select(Describe));
        Assert.All(loaded.All, probe => Assert.Equal(100 * probe.Probe.Key.Indices.Span[0], probe.Probe.At));
    }

    private static SparseVector Vector(int index, float value) => new(new[] { (ushort)index }, new[] { value });

    private static string Describe(KeptProbe probe) =>
        $"{probe.Probe.Label} {probe.Probe.Key.Indices.Span[0]} {probe.Probe.Targets.Values.Span[0]} {probe.Probe.At}";
}
