namespace NestedLearning.Tensors.Tests.Sparse;

public class SparseTests
{
    [Fact]
    public void Int8Rows_ManyRows_ReadBackAsRoundSays()
    {
        Random random = new(3);
        SparseVector[] rows = [.. Enumerable.Range(0, 50).Select(_ => Row(random, 200))];
        Int8Rows coded = Code(rows);
        for (int i = 0; i < rows.Length; i++)
        {
            SparseVector expected = Int8Rows.Round(rows[i]);
            Assert.Equal(expected.Indices.ToArray(), coded[i].Indices.ToArray());
            Assert.Equal(expected.Values.ToArray(), coded[i].Values.ToArray());
            Assert.Equal(expected.Indices.ToArray(), coded.Indices(i).ToArray());
        }
    }

    [Fact]
    public void Int8Rows_Round_IsItsOwnFixedPoint()
    {
        Random random = new(4);
        for (int i = 0; i < 200; i++)
        {
            SparseVector once = Int8Rows.Round(Row(random, 3000)); // past the buffer on the stack
            Assert.Equal(once.Values.ToArray(), Int8Rows.Round(once).Values.ToArray());
        }
    }

    [Fact]
    public void Int8Rows_RemoveFirst_KeepsTheRestAsItWas()
    {
        Random random = new(5);
        SparseVector[] rows = [.. Enumerable.Range(0, 20).Select(_ => Row(random, 60))];
        for (int removed = 0; removed <= rows.Length; removed++)
        {
            Int8Rows coded = Code(rows);
            coded.RemoveFirst(removed);
            coded.Add(rows[0]);
            Int8Rows expected = Code([.. rows[removed..], rows[0]]);
            AssertSame(expected.ToSparseRows(0, expected.Count, 60), coded.ToSparseRows(0, coded.Count, 60));
        }
    }

    [Fact]
    public void Int8Rows_GrowingRowByRow_KeepsLittleSpareRoom()
    {
        Random random = new(6);
        Int8Rows coded = Code([.. Enumerable.Range(0, 100).Select(_ => Row(random, 400))]);
        long entries = Enumerable.Range(0, coded.Count).Sum(row => coded.Indices(row).Length);
        Assert.InRange(coded.SizeBytes, entries * 3, (entries * 4) + (100 * 12));
    }

    [Theory]
    [InlineData(new[] { 1, 2 }, new ushort[] { 1, 2 })] // the first start is not 0
    [InlineData(new[] { 0, 3 }, new ushort[] { 1, 2 })] // more than there is
    [InlineData(new[] { 0, 2, 1, 2 }, new ushort[] { 1, 2 })] // starts fall
    [InlineData(new[] { 0, 2 }, new ushort[] { 2, 1 })] // indices fall
    [InlineData(new[] { 0, 2 }, new ushort[] { 1, 1 })] // an index twice
    [InlineData(new[] { 0, 2 }, new ushort[] { 1, 5 })] // past the columns
    public void SparseRows_NotAMatrix_IsRefused(int[] starts, ushort[] indices) =>
        Assert.Throws<ShapeException>(() => new SparseRows(5, starts, indices, new float[indices.Length]));

    [Fact]
    public void SparseRows_Stack_GivesItsRowsBack()
    {
        Random random = new(7);
        SparseVector[] rows = [.. Enumerable.Range(0, 9).Select(_ => Row(random, 30)), default];
        SparseRows stacked = SparseRows.Stack(30, rows);
        Assert.Equal(rows.Length, stacked.Rows);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(rows[i].Indices.ToArray(), stacked[i].Indices.ToArray());
            Assert.Equal(rows[i].Values.ToArray(), stacked[i].Values.ToArray());
        }
    }

    [Fact]
    public void TensorSet_NamesAndKinds_AreChecked()
    {
        TensorSet set = [new IntegerTensor("a", new long[] { 1 })];
        Assert.Throws<ArgumentException>(() => set.Add(new BytesTensor("a", default)));
        Assert.Equal("a", Assert.Throws<TensorMissingException>(() => set.Get<BytesTensor>("a")).TensorName);
        Assert.Throws<TensorMissingException>(() => set.Get<IntegerTensor>("b"));
        Assert.Null(set.Find("b"));
        Assert.Same(set[0], set.Get<IntegerTensor>("a"));
    }

    private static SparseVector Row(Random random, int columns)
    {
        ushort[] indices = [.. Enumerable.Range(0, columns).Where(_ => random.Next(2) == 0).Select(i => (ushort)i)];
        return new SparseVector(indices, Samples.Values(random, indices.Length));
    }

    private static Int8Rows Code(IEnumerable<SparseVector> rows)
    {
        Int8Rows coded = new();
        foreach (SparseVector row in rows)
        {
            coded.Add(row);
        }

        return coded;
    }

    private static void AssertSame(SparseRows expected, SparseRows actual)
    {
        Assert.Equal(expected.RowStarts, actual.RowStarts);
        Assert.Equal(expected.Indices, actual.Indices);
        Assert.Equal(expected.Values, actual.Values);
    }
}
