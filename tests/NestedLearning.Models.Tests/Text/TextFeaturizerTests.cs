using FsCheck;
using FsCheck.Fluent;
using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Text;

public sealed class TextFeaturizerTests
{
    [Fact]
    public void Extract_SentenceOfTheMethod_ItsCheckValues()
    {
        SparseVector key = new TextFeaturizer(4096).Extract("What's my balance?");

        Assert.Equal(41, key.Count);
        Assert.Equal([74, 143], key.Indices.Span[..2].ToArray());
        Assert.Equal(-0.156174f, key.Values.Span[0], 1e-6f);
        Assert.Equal(0.156174f, key.Values.Span[1], 1e-6f);
    }

    // Computed with CPython from the method's text: count, sum of (bucket + 1) * value, last bucket and its value.
    [Theory]
    [InlineData("Play play play the the song, you know the song", 4096, 62, -173.535691, 3949, -0.177438)]
    [InlineData("Play play play the the song, you know the song", 64, 39, -8.357178, 63, 0.342684)]
    [InlineData("\u00dcn\u00efcode na\u00efve caf\u00e9_au_lait, 3 \u6771\u4eac \ud83d\ude00x", 4096, 101, -940.210641, 4088, -0.099504)]
    [InlineData("I\u2019m don't", 4096, 18, -2485.716038, 3925, 0.235702)]
    [InlineData("a b c d e f g h i j k l a", 4096, 102, -3196.153081, 4055, -0.097251)]
    [InlineData("\ud835\udc9c\ud835\udcb7\ud835\udcb8\ud835\udcb9\ud835\udcb6 \ud842\udfb7\u91ce\u5bb6", 4096, 24, -3493.176497, 4024, -0.204124)]
    public void Extract_Text_AsAnIndependentProgramComputes(
        string text, int features, int count, double weightedSum, int lastBucket, double lastValue)
    {
        SparseVector key = new TextFeaturizer(features).Extract(text);

        Assert.Equal(count, key.Count);
        Assert.Equal(weightedSum, WeightedSum(key), 1e-3);
        Assert.Equal(lastBucket, key.Indices.Span[^1]);
        Assert.Equal(lastValue, key.Values.Span[^1], 1e-6);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ...!? '_' ")]
    public void Extract_NoWords_EmptyKey(string text) => Assert.Equal(0, new TextFeaturizer(4096).Extract(text).Count);

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(131072)]
    public void Constructor_NotAPowerOfTwoInRange_NamesTheRange(int features)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new TextFeaturizer(features));
        Assert.Contains("65536", error.Message);
    }

    [Fact]
    public void Extract_AnyText_UnitLengthWithRisingIndicesInRange() =>
        Prop.ForAll<string>(text =>
        {
            SparseVector key = new TextFeaturizer(32).Extract(text ?? "");
            double squares = 0;
            for (int i = 0; i < key.Count; i++)
            {
                squares += key.Values.Span[i] * key.Values.Span[i];
            }

            // SparseRows refuses indices that don't rise or lie out of range.
            _ = SparseRows.Stack(32, [key]);
            return key.Count == 0 || Math.Abs(squares - 1) < 1e-6;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Extract_LongTexts_FiniteWorkWhateverTheirShape()
    {
        var featurizer = new TextFeaturizer(4096);
        foreach (string text in new[]
        {
            new string('a', 65_536),
            string.Concat(Enumerable.Repeat("a ", 32_768)),
            string.Concat(Enumerable.Range(0, 9_000).Select(i => $"w{i} ")),
            new string('a', 32_000) + " " + new string('a', 32_000) + "b",
        })
        {
            Assert.InRange(featurizer.Extract(text).Count, 1, 4096);
        }
    }

    [Fact]
    public void Extract_ManyThreads_SameKeys()
    {
        var featurizer = new TextFeaturizer(4096);
        string[] texts = [.. Enumerable.Range(0, 200).Select(i => $"sentence number {i} of the {i % 7} days")];
        SparseVector[] expected = [.. texts.Select(featurizer.Extract)];

        Parallel.For(0, 2_000, i =>
        {
            SparseVector key = featurizer.Extract(texts[i % texts.Length]);
            Assert.True(key.Indices.Span.SequenceEqual(expected[i % texts.Length].Indices.Span));
            Assert.True(key.Values.Span.SequenceEqual(expected[i % texts.Length].Values.Span));
        });
    }

    [Fact]
    public void Extract_Warm_AllocatesOnlyTheKey()
    {
        var featurizer = new TextFeaturizer(4096);
        SparseVector key = featurizer.Extract("what is the balance of my account");
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = featurizer.Extract("what is the balance of my account");

        long arrays = (key.Count * (sizeof(ushort) + sizeof(float))) + (2 * 32);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, arrays);
    }

    private static double WeightedSum(SparseVector key)
    {
        double sum = 0;
        for (int i = 0; i < key.Count; i++)
        {
            sum += (key.Indices.Span[i] + 1) * (double)key.Values.Span[i];
        }

        return sum;
    }
}
