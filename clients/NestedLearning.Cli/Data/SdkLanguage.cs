namespace NestedLearning.Cli.Data;

/// <summary>A language of the .NET SDK.</summary>
/// <param name="Folder">The culture that names the folders of its satellite assemblies, such as "pt-BR".</param>
internal sealed record SdkLanguage(string Folder)
{
    /// <summary>The 13 languages, in alphabetical order.</summary>
    public static IReadOnlyList<SdkLanguage> All { get; } =
    [
        new("cs"), new("de"), new("es"), new("fr"), new("it"), new("ja"), new("ko"),
        new("pl"), new("pt-BR"), new("ru"), new("tr"), new("zh-Hans"), new("zh-Hant"),
    ];

    /// <summary>The name as a task and a tenant: lower case, such as "pt-br".</summary>
    public string Id { get; } = Folder.ToLowerInvariant();
}
