using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

public class ContributionTests
{
    private static readonly SparseRows Keys = new(Synthetic.Features, [0, 2, 3], [1, 5, 7], [0.5f, 0.5f, 1]);

    public static TheoryData<string, string, NamedTensor?> Bad => new()
    {
        { "no keys", "keys", null },
        { "keys of another kind", "keys", new IntegerTensor("keys", default) },
        { "keys of another length", "keys", new SparseTensor("keys", new SparseRows(64, [0, 0, 0], [], [])) },
        { "a key too few", "keys", new SparseTensor("keys", new SparseRows(Synthetic.Features, [0, 0], [], [])) },
        { "a key too long", "keys", new SparseTensor("keys", new SparseRows(Synthetic.Features, [0, 1, 1], [1], [3000])) },
        { "a key that is not a number", "keys", new SparseTensor("keys", new SparseRows(Synthetic.Features, [0, 1, 1], [1], [float.NaN])) },
        { "no classes", "classes", null },
        { "a class too few", "classes", new IntegerTensor("classes", new long[] { 0 }) },
        { "a class that does not exist", "classes", new IntegerTensor("classes", new long[] { 0, 2 }) },
        { "a class below 0", "classes", new IntegerTensor("classes", new long[] { 0, -1 }) },
        { "no known classes", "known-classes", null },
        { "two known classes", "known-classes", new IntegerTensor("known-classes", new long[] { 0, 0 }) },
        { "known classes below 0", "known-classes", new IntegerTensor("known-classes", new long[] { -1 }) },
        { "known classes that are not", "known-classes", new IntegerTensor("known-classes", new long[] { 1 }) },
        { "no labels", "labels", null },
        { "an empty label", "labels", new TextTensor("labels", ["a", ""]) },
        { "a long label", "labels", new TextTensor("labels", ["a", new string('x', 257)]) },
        { "too many labels", "labels", new TextTensor("labels", [.. Enumerable.Range(0, 65_537).Select(i => $"{i}")]) },
        { "targets of other rows", "targets", new SparseTensor("targets", new SparseRows(2, [0, 0], [], [])) },
        { "targets of other classes", "targets", new SparseTensor("targets", new SparseRows(3, [0, 0, 0], [], [])) },
        { "a target too large", "targets", new SparseTensor("targets", new SparseRows(2, [0, 1, 1], [1], [-2e6f])) },
        { "a target that is not a number", "targets", new SparseTensor("targets", new SparseRows(2, [0, 1, 1], [1], [float.NaN])) },
    };

    [Fact]
    public void Check_WholeContribution_IsAccepted()
    {
        ExactMemory level = new(Synthetic.OneSided, 1);
        Assert.Equal(2, level.Fold(1, new Contribution(2, Body())).Events);
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void Check_ContributionThatDoesNotFit_IsRefusedAndChangesNothing(string what, string name, NamedTensor? tensor)
    {
        ExactMemory level = new(Synthetic.OneSided, 1);
        TensorSet before = level.Save();
        TensorSet body = [.. Body().Where(other => other.Name != name)];
        if (tensor is not null)
        {
            body.Add(tensor);
        }

        InvalidContributionException error = Assert.Throws<InvalidContributionException>(() => level.Check(new Contribution(2, body)));

        Assert.True(error.Tensor == name || name is "known-classes" or "labels", $"{what}: names {error.Tensor}");
        Assert.Throws<InvalidContributionException>(() => level.Absorb([new Contribution(2, Body()), new Contribution(2, body)]));
        TensorAssert.AssertSame(before, level.Save());
        Assert.Equal(0, level.Events);
    }

    [Fact]
    public void Check_EventsThatAreNotThere_AreRefused() =>
        Assert.Throws<InvalidContributionException>(() => new ExactMemory(Synthetic.OneSided, 1).Check(new Contribution(3, Body())));

    [Fact]
    public void Check_MoreClassesTogetherThanCanBeNumbered_AreRefused()
    {
        ExactMemory level = new(Synthetic.Plain, 1);
        level.Check(WithLabels(0, 40_000));
        level.Check(WithLabels(0, 40_000)); // the same ones
        level.Check(WithLabels(30_000, 30_000));
        Assert.Throws<InvalidContributionException>(() => level.Check(WithLabels(60_000, 10_000)));
    }

    [Fact]
    public void Absorb_MoreClassesThanAMemoryTakes_AreKept()
    {
        ClassifierSpec spec = Synthetic.Plain with { MaxClasses = 3 };
        ExactMemory level = new(spec, 1);
        Contribution[] round = [.. new[] { "x", "y" }.Select(prefix =>
        {
            NestedClassifier memory = Synthetic.Memory(spec);
            memory.Learn(Synthetic.Events(1, 30, classes: 3).Select(e => (e.Input, prefix + e.Label)));
            return memory.Drain(Synthetic.Slow, 1);
        })];
        LevelVersion version = level.Fold(1, round);

        NestedClassifier third = Synthetic.Memory(spec);
        third.Adopt(Synthetic.Slow, version, 0);
        third.Learn([(Synthetic.Events(2, 1)[0].Input, "xclass-0")]);
        Assert.Throws<InvalidInputException>(() => third.Learn([(Synthetic.Events(2, 1)[0].Input, "new")]));
        level.Fold(2, third.Drain(Synthetic.Slow, 1));
        Assert.Equal(61, level.Events);
    }

    private static TensorSet Body() =>
    [
        new SparseTensor("keys", Keys),
        new IntegerTensor("classes", new long[] { 0, 1 }),
        new IntegerTensor("known-classes", new long[] { 0 }),
        new TextTensor("labels", ["a", "b"]),
        new SparseTensor("targets", new SparseRows(2, [0, 1, 1], [1], [-0.5f])),
    ];

    private static Contribution WithLabels(int first, int count) => new(0,
    [
        new SparseTensor("keys", new SparseRows(Synthetic.Features, [0], [], [])),
        new IntegerTensor("classes", default),
        new IntegerTensor("known-classes", new long[] { 0 }),
        new TextTensor("labels", [.. Enumerable.Range(first, count).Select(i => $"{i}")]),
    ]);
}
