using NestedLearning.Models.Tests.Evaluation;
using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Classification;

public sealed class NextTokenClassifierTests
{
    private static readonly SequenceSettings Settings =
        SmallModels.Settings(MixerKind.GatedDelta) with { Vocabulary = 2, Width = 16, Hidden = 16, Blocks = 1, Periods = [1] };

    private static readonly SequenceTrainingSettings Training = new() { Steps = 1000, Batch = 2, LearningRate = 1e-2, FinalRate = 1, WarmUp = 0 };

    [Fact]
    public void Run_ClassesTaskAfterTask_AreLearnedAndForgotten()
    {
        // Two tasks of two labels, each the letter that its texts repeat.
        TaskStream stream = TaskStream.InOrderOfAppearance(Enumerable.Range(0, 640).Select(i =>
        {
            (string task, char letter) = (i < 320 ? "first" : "second", (char)('a' + (i < 320 ? 0 : 2) + (i % 2)));
            string text = new(letter, 1 + (i % 5));
            return i % 8 > 1 ? Streams.Train(text, $"{letter}", task) : Streams.Test(text, $"{letter}", task);
        }));
        using NextTokenClassifier classifier = new(new ManagedBackend(), Settings, Training, new ByteTokenizer(), stream.Classes.Count);
        List<int> events = [];

        AccuracyMatrix accuracy = classifier.Run(stream, (learned, _) => events.Add(learned));

        Assert.Equal(480, events[^1]);
        Assert.InRange(accuracy[0, 0]!.Value, 0.9, 1);
        Assert.InRange(accuracy[1, 1]!.Value, 0.9, 1);
        Assert.InRange(accuracy[0, 1]!.Value, 0, 0.5);
    }

    [Fact]
    public void Run_Features_AreRefused()
    {
        TaskStream stream = TaskStream.InOrderOfAppearance([
            Streams.Train("text", "a", "task") with { Input = new FeatureInput(Streams.Key((1, 1))) },
            Streams.Test("text", "a", "task"),
        ]);
        using NextTokenClassifier classifier = new(new ManagedBackend(), Settings, Training, new ByteTokenizer(), 1);
        Assert.Contains("features", Assert.Throws<InvalidInputException>(() => classifier.Run(stream)).Message, StringComparison.Ordinal);
    }
}
