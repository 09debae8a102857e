namespace NestedLearning.Tensors.Tests;

public sealed class SoftmaxTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(151)]
    public void Apply_RandomLogits_MatchesFloat64(int length)
    {
        float[] logits = Array.ConvertAll(Samples.Values(new Random(length), length), value => 20 * value);
        double sum = logits.Sum(z => Math.Exp(z));
        double[] expected = Array.ConvertAll(logits, z => Math.Exp(z) / sum);
        Softmax.Apply(logits);
        Samples.AssertClose(expected, new MatrixView(logits, 1, length, length), 2e-6);
    }

    [Fact]
    public void Apply_HugeLogits_StaysFinite()
    {
        float[] logits = [3e38f, 3e38f, -3e38f, float.NegativeInfinity];
        Softmax.Apply(logits);
        Assert.Equal([0.5f, 0.5f, 0, 0], logits);
    }

    [Fact]
    public void Apply_MaskedLogits_GivesThemZero()
    {
        float[] logits = new float[20];
        Array.Fill(logits, float.NegativeInfinity, 4, 16);
        Softmax.Apply(logits);
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f, .. new float[16]], logits);
    }

    [Fact]
    public void ApplyRows_StridedView_NormalizesRowsAndSparesTheGap()
    {
        float[] values = [0, 0, 9, 1, 1, 9];
        Softmax.ApplyRows(new MatrixView(values, 2, 2, 3));
        Assert.Equal([0.5f, 0.5f, 9, 0.5f, 0.5f, 9], values);
    }
}
