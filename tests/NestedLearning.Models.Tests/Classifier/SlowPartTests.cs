using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

/// <summary>A round that is added up in parts.</summary>
public class SlowPartTests
{
    public static TheoryData<string, NamedTensor> Bad => new()
    {
        { "gram", new DoubleTensor("gram", [3], new double[3]) },
        { "cross", new DoubleTensor("cross", [3], new double[3]) },
        { "counts", new DoubleTensor("counts", [2], new double[2]) },
        { "counts", new DoubleTensor("counts", [5], new double[5]) },
        { "known-classes", new IntegerTensor("known-classes", new long[] { 9 }) },
    };

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(false, 50L)]
    public void Absorb_InParts_IsAbsorbingTheRound(bool oneSided, long? halfLife)
    {
        ClassifierSpec spec = (oneSided ? Synthetic.OneSided : Synthetic.Plain) with { HalfLife = halfLife };
        ExactMemory whole = new(spec, 1);
        ExactMemory inParts = new(spec, 1);
        LevelVersion? version = null;
        for (int round = 1; round <= 3; round++)
        {
            Contribution[] updates = Round(spec, round, version);
            foreach (ExactMemory level in new[] { whole, inParts })
            {
                Array.ForEach(updates, level.Check);
                level.Clock = level.ClockAfter(updates.Sum(update => update.Events));
            }

            Contribution[] come = Array.ConvertAll(updates, update => update with { At = whole.Clock });
            whole.Absorb(come);
            inParts.Absorb(come, Cut(new ExactMemory(spec, 1), come));

            version = new LevelVersion(round, whole.Events, whole.Solve());
            TensorSet actual = inParts.Solve();
            Assert.Equal(whole.Events, inParts.Events);
            Assert.Equal(version.Tensors.Get<TextTensor>(SlowTensors.Labels).Texts, actual.Get<TextTensor>(SlowTensors.Labels).Texts);
            Assert.Equal(version.Tensors.Get<IntegerTensor>(SlowTensors.Counts).Values.ToArray(), actual.Get<IntegerTensor>(SlowTensors.Counts).Values.ToArray());
            Synthetic.AssertClose(Synthetic.WeightsByLabel(version.Tensors), Synthetic.WeightsByLabel(actual), 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Absorb_PartThatDoesNotFit_IsRefusedAndChangesNothing(string name, NamedTensor tensor)
    {
        ExactMemory level = new(Synthetic.Plain, 1);
        Contribution[] round = Round(Synthetic.Plain, 1, null);
        TensorSet[] parts = Cut(level, round);
        parts[1] = [.. parts[1].Where(part => part.Name != name), tensor];

        Assert.Equal(name, Assert.Throws<InvalidContributionException>(() => level.Absorb(round, parts)).Tensor);

        Assert.Equal(0, level.Events);
        Assert.Empty(level.Solve().Get<TextTensor>(SlowTensors.Labels).Texts);
    }

    [Fact]
    public void EventsToAdd_SumsOfEvents_AreNone()
    {
        ExactMemory level = new(Synthetic.Plain, 1);
        Contribution update = Round(Synthetic.Plain, 1, null)[0];
        Assert.Equal(30, level.EventsToAdd(update));
        Assert.Equal(0, level.EventsToAdd(update with { Tensors = update.Sums!.Make() }));
    }

    /// <summary>Updates of four memories: two at the newest version, two at none; some bring classes that others do not have, one brings sums.</summary>
    private static Contribution[] Round(ClassifierSpec spec, int round, LevelVersion? version) =>
        [.. Enumerable.Range(0, 4).Select(i =>
        {
            NestedClassifier memory = Synthetic.Memory(spec);
            if (version is not null && i < 2)
            {
                memory.Adopt(Synthetic.Slow, version, 0);
            }

            memory.Learn(Synthetic.Events((round * 10) + i, 30, classes: 3 + round + i));
            Contribution update = memory.Drain(Synthetic.Slow, 1);
            return i == 3 ? update with { Tensors = update.Sums!.Make() } : update;
        })];

    private static TensorSet[] Cut(ExactMemory shard, Contribution[] round) => [shard.AddUp(round[..1]), shard.AddUp(round[1..])];
}
