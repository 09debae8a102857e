using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

/// <summary>What the classifier refuses at its edge, and that it then has learned nothing.</summary>
public class InputTests
{
    private static readonly FeatureInput Good = new(new SparseVector(new ushort[] { 1, 2 }, new float[] { 0.5f, 0.5f }));

    public static TheoryData<string, ModelInput?, string?> Bad => new()
    {
        { "an index past the end", Features([128], [1]), "a" },
        { "indices that fall", Features([5, 4], [1, 1]), "a" },
        { "an index twice", Features([5, 5], [1, 1]), "a" },
        { "a value too few", Features([5, 6], [1]), "a" },
        { "a value too many", Features([5], [1, 2]), "a" },
        { "NaN", Features([5], [float.NaN]), "a" },
        { "infinity", Features([5], [float.PositiveInfinity]), "a" },
        { "a long key", Features([5, 6], [999, 999]), "a" },
        { "a long text", new TextInput(new string('x', 65_537)), "a" },
        { "no text", new TextInput(null!), "a" },
        { "no input", null, "a" },
        { "no label", Good, null },
        { "an empty label", Good, "" },
        { "a long label", Good, new string('x', 257) },
        { "half a character", Good, "a\ud83d" },
        { "a class too many", Good, "third" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Step_UnacceptableEvent_IsRefusedAndNothingIsLearned(string what, ModelInput? input, string? label)
    {
        NestedClassifier memory = Synthetic.Memory(Synthetic.OneSided with { MaxClasses = 2 });
        memory.Step(Good, "first");
        memory.Step(Good, "second");
        TensorSet before = memory.Save();

        InvalidInputException error = Assert.Throws<InvalidInputException>(() => memory.Step(input!, label!));

        Assert.Contains("accepted", error.Message, StringComparison.Ordinal);
        Assert.True(error.Message.Length < 250, what);
        TensorAssert.AssertSame(before, memory.Save());
        Assert.Equal(2, memory.Pending(Synthetic.Slow));
    }

    [Fact]
    public void Step_LongestKeyAndLabel_AreAcceptedAndFold()
    {
        NestedClassifier memory = Synthetic.Memory(Synthetic.OneSided);
        memory.Step(Features([0, 127], [1000, 1e-30f]), new string('x', 256));
        memory.Step(new FeatureInput(default), "\ud83d\ude00");
        memory.Step(new TextInput(""), "\ud83d\ude00");
        Assert.Equal(3, new ExactMemory(Synthetic.OneSided, 1).Fold(1, memory.Drain(Synthetic.Slow, 1)).Events);
    }

    private static FeatureInput Features(ushort[] indices, float[] values) => new(new SparseVector(indices, values));
}
