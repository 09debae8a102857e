using System.Runtime.CompilerServices;
using NestedLearning.Models;

namespace NestedLearning.Cli.Data;

/// <summary>
/// <c>builtin:dotnet-messages</c>: the localized messages of the .NET SDK on this machine. The label is the component,
/// the task the language.
/// </summary>
internal sealed class DotnetMessages : IExampleSource
{
    /// <summary>What <c>--data</c> calls it.</summary>
    public const string SourceName = "builtin:dotnet-messages";

    private readonly string? _sdk;
    private readonly DotnetMessagesOptions _options;
    private readonly IReadOnlyList<SdkLanguage> _languages;

    /// <summary>Checks the options; reads nothing yet.</summary>
    /// <param name="options">What to take.</param>
    /// <param name="sdk">The SDK's folder; null to find it.</param>
    /// <exception cref="DataException">An option is out of range; it is named.</exception>
    public DotnetMessages(DotnetMessagesOptions options, string? sdk = null)
    {
        RequirePositive("messages of a language", options.MaxPerLanguage);
        RequirePositive("messages of a component", options.MaxPerComponent);
        RequirePositive("components", options.Components);
        if (options.TestShare is not (> 0 and < 1))
        {
            throw Error($"the share for testing is {options.TestShare}; accepted is above 0 to below 1");
        }

        _sdk = sdk;
        _options = options;
        _languages = options.Languages is { } ids ? [.. ids.Distinct().Select(Language)] : SdkLanguage.All;
    }

    /// <inheritdoc/>
    public string Name => SourceName;

    /// <inheritdoc/>
    public bool HasSplit => true;

    /// <inheritdoc/>
    public async IAsyncEnumerable<NumberedExample> ReadAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<SdkMessage[]> messages = await SdkMessages.ReadAsync(
            _sdk ?? DotnetSdk.Find(), _languages, cancellationToken);
        IReadOnlyList<string> components = MessageSample.LargestComponents(messages, _options.Components);
        List<Example> examples = [];
        for (int i = 0; i < _languages.Count; i++)
        {
            string task = _languages[i].Id;
            HashSet<string> kept = MessageSample.ComponentsOf(i, _languages.Count, components, _options);
            examples.AddRange(MessageSample.Choose(messages[i], kept, task, _options).Select(message => new Example(
                new TextInput(message.Text), message.Component, task, MessageSample.IsTest(message.Key, _options))));
        }

        // A small sample can hold a component in test messages only; nobody could learn it.
        HashSet<string> learnable = [.. examples.Where(example => !example.IsTest).Select(example => example.Label)];
        long line = 0;
        foreach (Example example in examples.Where(example => learnable.Contains(example.Label)))
        {
            yield return new NumberedExample(++line, example);
        }

        if (line == 0)
        {
            throw new EmptyDataException(SourceName);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static SdkLanguage Language(string id) =>
        SdkLanguage.All.FirstOrDefault(language => language.Id == id.ToLowerInvariant())
        ?? throw Error(
            $"'{id}' is no language of it; accepted are {string.Join(", ", SdkLanguage.All.Select(language => language.Id))}");

    private static void RequirePositive(string name, int? value)
    {
        if (value < 1)
        {
            throw Error($"the number of {name} is {value}; accepted is 1 or more");
        }
    }

    private static DataException Error(string problem) => new(SourceName, null, problem);
}
