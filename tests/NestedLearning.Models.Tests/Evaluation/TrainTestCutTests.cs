using FsCheck;
using FsCheck.Fluent;
using static NestedLearning.Models.Tests.Evaluation.Streams;

namespace NestedLearning.Models.Tests.Evaluation;

public sealed class TrainTestCutTests
{
    [Fact]
    public void Apply_HundredPerLabel_AFifthOfEach()
    {
        Example[] examples = [.. Enumerable.Range(0, 300).Select(i => Train($"text {i}", $"label{i % 3}", "t"))];

        IReadOnlyList<Example> cut = TrainTestCut.Apply(examples, seed: 7);

        Assert.Equal(examples.Select(example => example.Input), cut.Select(example => example.Input));
        Assert.All(cut.GroupBy(example => example.Label), label => Assert.Equal(20, label.Count(example => example.IsTest)));
    }

    [Fact]
    public void Apply_Seed_FixesTheCut()
    {
        Example[] examples = [.. Enumerable.Range(0, 100).Select(i => Train($"text {i}", "label", "t"))];

        Assert.Equal(TrainTestCut.Apply(examples, 1), TrainTestCut.Apply(examples, 1));
        Assert.NotEqual(TrainTestCut.Apply(examples, 1), TrainTestCut.Apply(examples, 2));
    }

    [Fact]
    public void Apply_LabelOncePerTask_StillHasATest()
    {
        IReadOnlyList<Example> cut = TrainTestCut.Apply(
            [Train("a", "x", "t"), Train("b", "x", "u"), Train("c", "y", "t"), Train("d", "y", "u")], seed: 0);

        Assert.All(cut.GroupBy(example => example.Label), label => Assert.Single(label, example => example.IsTest));
        Assert.All(cut.GroupBy(example => example.Task), task => Assert.Contains(task, example => !example.IsTest));
    }

    [Fact]
    public void Apply_AnyExamples_LabelsAndTasksKeepTraining()
    {
        Gen<(int Label, int Task)[]> gen = Gen.Choose(0, 5).Zip(Gen.Choose(0, 3)).Select(pair => (pair.Item1, pair.Item2))
            .NonEmptyListOf().Select(list => list.ToArray());
        Prop.ForAll(gen.ToArbitrary(), pairs =>
        {
            Example[] examples = [.. pairs.Select((pair, i) => Train($"{i}", $"l{pair.Label}", $"t{pair.Task}"))];
            IReadOnlyList<Example> cut = TrainTestCut.Apply(examples, seed: pairs.Length);
            bool labelsTrain = cut.GroupBy(e => e.Label).All(label => label.Any(e => !e.IsTest));
            bool tasksTrain = cut.GroupBy(e => e.Task).All(task => task.Any(e => !e.IsTest));
            bool labelsTest = cut.GroupBy(e => e.Label).All(label =>
                label.Count() < 2 || label.Any(e => e.IsTest) || label.All(e => cut.Count(o => o.Task == e.Task && !o.IsTest) == 1));
            return labelsTrain && tasksTrain && labelsTest;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Apply_ShareOutOfRange_Refused(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TrainTestCut.Apply([], 0, share));
}
