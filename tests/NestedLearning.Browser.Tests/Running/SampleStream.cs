using NestedLearning.Models;

namespace NestedLearning.Browser.Tests.Running;

/// <summary>What customers of several shops ask, in words of the shop, of the topic, and of neither.</summary>
internal static class SampleStream
{
    public const int RequestsPerShop = 4;

    private const int Topics = 11;
    private const int TopicWords = 5;
    private const int ShopWords = 4;
    private const int CommonWords = 60;

    public static IReadOnlyList<string> Shops { get; } = ["athens", "berlin", "cairo", "delhi", "ensenada", "fukuoka", "geneva", "hanoi"];

    /// <summary>Some events of a shop; the same seed gives the same ones.</summary>
    public static LearningEvent[] Events(int shop, int count, int seed, long first)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(i => Event(shop, first + i, random))];
    }

    /// <summary>Shops share the words of their topics, so that what one shop asks is easily taken for what another does.</summary>
    private static LearningEvent Event(int shop, long sequence, Random random)
    {
        int request = random.Next(RequestsPerShop);
        int topic = (shop + (2 * request)) % Topics;
        string[] words =
        [
            $"shop{shop}x{random.Next(ShopWords)}",
            .. Enumerable.Range(0, 2).Select(_ => $"topic{(random.Next(6) == 0 ? random.Next(Topics) : topic)}x{random.Next(TopicWords)}"),
            .. Enumerable.Range(0, 4).Select(_ => $"common{random.Next(CommonWords)}"),
        ];
        return new LearningEvent(sequence, new TextInput(string.Join(" ", words)), $"{Shops[shop]} request {request + 1}");
    }
}
