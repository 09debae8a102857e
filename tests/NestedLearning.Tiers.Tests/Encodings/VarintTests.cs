using FsCheck;
using FsCheck.Fluent;

namespace NestedLearning.Tiers.Tests;

public class VarintTests
{
    [Fact]
    public void Read_WhatWriteWrote_GivesTheValueAndItsSize()
    {
        byte[] buffer = new byte[10];
        Prop.ForAll<ulong, int>((bits, shift) =>
        {
            ulong value = bits >> (shift & 63);
            int size = Varint.Write(buffer, value);
            return size == Varint.Size(value) && Varint.Read(buffer, out ulong back) == size && back == value;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "8001")]
    [InlineData(16_384UL, "808001")]
    [InlineData(ulong.MaxValue, "ffffffffffffffffff01")]
    public void Write_Edges_GivesTheShortestForm(ulong value, string expected)
    {
        byte[] buffer = new byte[10];
        int size = Varint.Write(buffer, value);

        Assert.Equal(expected, Convert.ToHexStringLower(buffer.AsSpan(0, size)));
        Assert.Equal(size, Varint.Size(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("8000")]
    [InlineData("ffffffffffffffffff02")]
    [InlineData("ffffffffffffffffffff01")]
    public void Read_CutLongOrOverflowing_IsRefused(string bytes) =>
        Assert.Equal(0, Varint.Read(Convert.FromHexString(bytes), out _));

    [Theory]
    [InlineData(0, 0UL)]
    [InlineData(-1, 1UL)]
    [InlineData(1, 2UL)]
    [InlineData(long.MinValue, ulong.MaxValue)]
    [InlineData(long.MaxValue, ulong.MaxValue - 1)]
    public void ZigZag_Edges_MapsBothWays(long value, ulong expected)
    {
        Assert.Equal(expected, Varint.ZigZag(value));
        Assert.Equal(value, Varint.UnZigZag(expected));
    }
}
