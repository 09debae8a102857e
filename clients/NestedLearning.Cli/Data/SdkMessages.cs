using NestedLearning.Models;

namespace NestedLearning.Cli.Data;

/// <summary>Reads the localized strings of an SDK folder.</summary>
internal static class SdkMessages
{
    private const string Suffix = ".resources.dll";

    /// <summary>
    /// Reads some languages, in parallel. The messages of a language are in ordinal order of component, resource and
    /// key. An SDK holds copies of some assemblies for several hosts; the first of them is read.
    /// </summary>
    /// <returns>The messages, language by language as asked.</returns>
    /// <exception cref="DataException">A file cannot be read.</exception>
    public static async Task<IReadOnlyList<SdkMessage[]>> ReadAsync(
        string sdk, IEnumerable<SdkLanguage> languages, CancellationToken cancellationToken)
    {
        ILookup<string, string> files = FindFiles(sdk);
        return await Task.WhenAll(languages.Select(
            language => Task.Run(() => ReadLanguage(files[language.Folder], language), cancellationToken)));
    }

    /// <summary>The satellite assemblies of each language; a satellite lies in a folder named after its language.</summary>
    private static ILookup<string, string> FindFiles(string sdk) => Directory
        .EnumerateFiles(sdk, "*" + Suffix, SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .ToLookup(file => Path.GetFileName(Path.GetDirectoryName(file)!), StringComparer.Ordinal);

    private static SdkMessage[] ReadLanguage(IEnumerable<string> files, SdkLanguage language)
    {
        List<SdkMessage> messages = [];
        foreach (string file in files.DistinctBy(Path.GetFileName))
        {
            string component = Path.GetFileName(file)[..^Suffix.Length];
            foreach ((string name, string key, string text) in SatelliteAssembly.Read(file))
            {
                if (text.Any(char.IsLetter))
                {
                    string resource = name.Replace($".{language.Folder}.resources", "", StringComparison.Ordinal);
                    messages.Add(new SdkMessage(component, resource, key, text));
                }
            }
        }

        return [.. messages
            .OrderBy(message => message.Component, StringComparer.Ordinal)
            .ThenBy(message => message.Resource, StringComparer.Ordinal)
            .ThenBy(message => message.Key, StringComparer.Ordinal)];
    }
}
