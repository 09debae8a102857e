namespace NestedLearning.Cli.Data;

/// <summary>
/// Chooses messages, decides which are for testing and shuffles them. Every choice is a hash of the seed and the
/// message's own names, so neither the order of files nor what else is read changes it.
/// </summary>
internal static class MessageSample
{
    /// <summary>The components with the most messages over all languages; by name among equals.</summary>
    public static IReadOnlyList<string> LargestComponents(IEnumerable<SdkMessage[]> languages, int? count) => languages
        .SelectMany(messages => messages)
        .CountBy(message => message.Component)
        .OrderByDescending(component => component.Value)
        .ThenBy(component => component.Key, StringComparer.Ordinal)
        .Take(count ?? int.MaxValue)
        .Select(component => component.Key)
        .ToArray();

    /// <summary>The components that a language keeps: all, or its own where they are dealt.</summary>
    public static HashSet<string> ComponentsOf(
        int language, int languages, IReadOnlyList<string> components, DotnetMessagesOptions options) =>
        [.. components.Where((_, rank) => !options.DealComponents || rank % languages == language)];

    /// <summary>
    /// The messages of one language in the order of its stream. Of messages with the same text one stays. Languages
    /// prefer the same keys, so that the samples are parallel.
    /// </summary>
    public static IEnumerable<SdkMessage> Choose(
        IEnumerable<SdkMessage> messages,
        IReadOnlySet<string> components,
        string language,
        DotnetMessagesOptions options) => messages
        .Where(message => components.Contains(message.Component))
        .OrderBy(message => SampleOrder(message, options))
        .DistinctBy(message => message.Text)
        .GroupBy(message => message.Component)
        .SelectMany(component => component.Take(options.MaxPerComponent ?? int.MaxValue))
        .OrderBy(message => SampleOrder(message, options))
        .Take(options.MaxPerLanguage ?? int.MaxValue)
        .OrderBy(message => StableHash.Of(options.Seed, language, message.Component, message.Resource, message.Key));

    /// <summary>
    /// Whether the key is for testing: the same in every language and component, so that no translation of a test
    /// message is ever learned.
    /// </summary>
    public static bool IsTest(string key, DotnetMessagesOptions options) =>
        StableHash.Share(options.Seed, "test", key) < options.TestShare;

    private static ulong SampleOrder(SdkMessage message, DotnetMessagesOptions options) =>
        StableHash.Of(options.Seed, "sample", message.Component, message.Resource, message.Key);
}
