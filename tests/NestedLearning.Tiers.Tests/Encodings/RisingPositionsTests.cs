using FsCheck;
using FsCheck.Fluent;

namespace NestedLearning.Tiers.Tests;

public class RisingPositionsTests
{
    private static readonly Arbitrary<(int Seed, int Count, int Limit)> Cases =
        (from seed in Gen.Choose(0, int.MaxValue)
         from limit in Gen.Choose(1, 4096)
         from count in Gen.OneOf(Gen.Choose(0, Math.Min(limit, 60)), Gen.Choose(0, limit))
         select (seed, count, limit)).ToArbitrary();

    [Fact]
    public void Read_WhatWasWritten_GivesTheSamePositions() => Prop.ForAll(Cases, sample =>
    {
        int[] all = [.. Enumerable.Range(0, sample.Limit)];
        new Random(sample.Seed).Shuffle(all);
        ushort[] positions = [.. all[..sample.Count].Order().Select(position => (ushort)position)];
        RisingPositions where = new(sample.Count, sample.Limit);
        byte[] bytes = new byte[where.Size];
        bytes.AsSpan().Fill(0xAB);
        where.Write(positions, bytes);
        ushort[] back = new ushort[sample.Count];
        where.Read(bytes, back, "w");
        return back.SequenceEqual(positions);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AnyBytes_GivesRisingPositionsOrIsRefused() => Prop.ForAll(Cases, sample =>
    {
        RisingPositions where = new(sample.Count, sample.Limit);
        byte[] bytes = new byte[where.Size];
        Random random = new(sample.Seed);
        random.NextBytes(bytes);
        ushort[] back = new ushort[sample.Count];
        FrameException? refused = FrameAssert.Refusal(() => where.Read(bytes, back, "w"));
        return refused is { Problem: FrameProblem.BadValue }
            || (refused is null && back.Zip(back.Skip(1)).All(pair => pair.First < pair.Second) && back.All(position => position < sample.Limit));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(41, 4096, 44)] // one in a hundred: 8.6 bits each
    [InlineData(128, 4096, 112)] // one in 32: 7 bits each
    public void Size_OfABlock_IsNearTheInformationInIt(int count, int limit, int bytes) =>
        Assert.Equal(bytes, new RisingPositions(count, limit).Size);
}
