using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Training;

public class ShardReaderTests
{
    [Theory]
    [InlineData(StreamSplit.Shard)]
    [InlineData(StreamSplit.Class)]
    public void ReadAsync_AllShards_HaveEveryEventOnceInOrder(StreamSplit split) =>
        Prop.ForAll(
            Gen.Choose(0, 60).ToArbitrary(),
            Gen.Choose(1, 5).Zip(Gen.Choose(1, 5)).ToArbitrary(),
            (events, cut) =>
            {
                RunSpec spec = new("data", Workers: cut.Item1, Split: split, ShardsPerWorker: cut.Item2);
                List<ShardEvent>[] shards = [.. Enumerable.Range(1, spec.Shards).Select(number => Read(spec, events, number))];
                return shards.SelectMany(shard => shard).Select(read => read.Position).Order().SequenceEqual(Enumerable.Range(0, events).Select(i => (long)i))
                    && shards.All(shard => shard.Index().All(read => read.Item.Event.Sequence == read.Index + 1))
                    && shards.All(shard => shard.Zip(shard.Skip(1)).All(pair => pair.First.Position < pair.Second.Position));
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(StreamSplit.Shard, "0 2 4|1 3 5|6 8 10|7 9 11")]
    [InlineData(StreamSplit.Class, "0 1 2|3 4 5|6 7 8|9 10 11")]
    public void ReadAsync_TwoWorkersWithTwoShards_CutsStretchesIntoLanes(StreamSplit split, string expected)
    {
        RunSpec spec = new("data", Workers: 2, Split: split, ShardsPerWorker: 2);
        IEnumerable<string> shards = Enumerable.Range(1, 4).Select(number => string.Join(' ', Read(spec, 12, number).Select(read => read.Position)));
        Assert.Equal(expected, string.Join('|', shards));
    }

    [Fact]
    public async Task ReadAsync_TestExamples_ArePassedOver()
    {
        using JsonLinesReader data = Lines("""{"text":"a","label":"x","split":"test"}""", """{"text":"b","label":"y"}""");
        ShardEvent read = Assert.Single(await ShardReader.ReadAsync(data, new RunSpec("data"), new RunShard(1, 0, 0, 1), default).ToListAsync());
        Assert.Equal(new ShardEvent(0, new LearningEvent(1, new TextInput("b"), "y")), read);
    }

    /// <summary>The classes come in blocks of three events.</summary>
    private static List<ShardEvent> Read(RunSpec spec, int events, int number)
    {
        using JsonLinesReader data = Lines([.. Enumerable.Range(0, Math.Max(1, events)).Select(i =>
            $$"""{"text":"event {{i}}","label":"class {{i / 3}}","split":"{{(events == 0 ? "test" : "train")}}"}""")]);
        return ShardReader.ReadAsync(data, spec, RunShard.Of(spec, events, number), default).ToBlockingEnumerable().ToList();
    }

    private static JsonLinesReader Lines(params string[] lines) =>
        new(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "data");
}
