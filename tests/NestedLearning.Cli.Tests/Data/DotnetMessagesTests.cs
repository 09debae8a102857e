using NestedLearning.Cli.Data;
using NestedLearning.Models;

namespace NestedLearning.Cli.Tests.Data;

public class DotnetMessagesTests
{
    private static readonly string[] Languages =
        ["cs", "de", "es", "fr", "it", "ja", "ko", "pl", "pt-br", "ru", "tr", "zh-hans", "zh-hant"];

    private static readonly DotnetMessagesOptions Small = new()
    {
        Languages = ["de", "pt-BR"],
        MaxPerLanguage = 500,
        Components = 10,
    };

    [SdkFact]
    public async Task ReadAsync_Everything_HasThousandsOfMessagesInThirteenLanguages()
    {
        List<Example> examples = await Read(new());

        ILookup<string, Example> tasks = examples.ToLookup(example => example.Task);
        Assert.Equal(Languages, tasks.Select(task => task.Key));
        Assert.All(tasks, task =>
        {
            _ = new TenantId(task.Key);
            Assert.InRange(task.Count(), 10_000, 30_000);
            Assert.Equal(task.Count(), task.Select(Text).Distinct().Count());
            Assert.InRange(task.Average(example => example.IsTest ? 1.0 : 0.0), 0.17, 0.23);
        });
        Assert.All(examples, example => Assert.Contains(Text(example), char.IsLetter));
    }

    [SdkFact]
    public async Task ReadAsync_Options_KeepAtMostThatManyMessagesAndComponents()
    {
        List<Example> examples = await Read(Small);

        Assert.Equal(["de", "pt-br"], examples.Select(example => example.Task).Distinct());
        Assert.Equal(1000, examples.Count);
        Assert.InRange(examples.Select(example => example.Label).Distinct().Count(), 5, 10);
        Assert.Contains("Microsoft.CodeAnalysis.CSharp", examples.Select(example => example.Label));
    }

    [SdkFact]
    public async Task ReadAsync_SameSeedAndAnother_RepeatsOrDiffers()
    {
        List<Example> first = await Read(Small);

        Assert.Equal(first, await Read(Small));
        Assert.NotEqual(first, await Read(Small with { Seed = 2 }));
    }

    [SdkFact]
    public async Task ReadAsync_OneLanguageOfTwo_IsTheSameAsAlone()
    {
        DotnetMessagesOptions all = Small with { Components = null };

        List<Example> both = await Read(all);
        List<Example> alone = await Read(all with { Languages = ["pt-br"] });

        Assert.Equal(both.Where(example => example.Task == "pt-br"), alone);
    }

    [SdkFact]
    public async Task IsTest_EveryKeyOfEveryLanguage_IsOnOneSide()
    {
        DotnetMessagesOptions options = new();
        IReadOnlyList<SdkMessage[]> messages = await SdkMessages.ReadAsync(DotnetSdk.Find(), SdkLanguage.All, default);

        ILookup<bool, string> sides = messages
            .SelectMany(language => language)
            .Select(message => message.Key)
            .ToLookup(key => MessageSample.IsTest(key, options));

        Assert.Empty(sides[true].Intersect(sides[false]));
        Assert.NotEmpty(sides[true]);
        Assert.All(messages, language => Assert.Equal(
            messages[0].Select(message => message.Key).ToHashSet().Count, language.Select(message => message.Key).ToHashSet().Count, 5.0));
    }

    [Theory]
    [InlineData("xx", null, null, 0.2, "'xx' is no language of it; accepted are cs, de, es")]
    [InlineData("de", 0, null, 0.2, "the number of messages of a language is 0; accepted is 1 or more")]
    [InlineData("de", null, -1, 0.2, "the number of components is -1; accepted is 1 or more")]
    [InlineData("de", null, null, 1.0, "the share for testing is 1; accepted is above 0 to below 1")]
    public void Constructor_BadOption_NamesIt(string language, int? messages, int? components, double share, string problem)
    {
        DotnetMessagesOptions options = new()
        {
            Languages = [language],
            MaxPerLanguage = messages,
            Components = components,
            TestShare = share,
        };

        DataException e = Assert.Throws<DataException>(() => new DotnetMessages(options));

        Assert.StartsWith("builtin:dotnet-messages: " + problem, e.Message);
    }

    [Fact]
    public async Task ReadAsync_FolderWithABrokenAssembly_NamesTheFile()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write(Path.Combine("de", "Broken.resources.dll"), "not an assembly");

        DataException e = await Assert.ThrowsAsync<DataException>(() => Read(new() { Languages = ["de"] }, folder.Path));

        Assert.StartsWith($"{file}: no readable satellite assembly", e.Message);
    }

    private static async Task<List<Example>> Read(DotnetMessagesOptions options, string? sdk = null)
    {
        using DotnetMessages source = new(options, sdk);
        return [.. (await ExampleSet.ReadAsync(source)).Examples];
    }

    private static string Text(Example example) => ((TextInput)example.Input).Text;
}
