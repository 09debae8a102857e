using Microsoft.Extensions.Configuration;
using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Tests.Configuration;

public sealed class DocumentationTests
{
    [Fact]
    public void Operations_Table_ListsEverySettingWithItsDefault()
    {
        SettingsReader reader = new(new ConfigurationBuilder().Build().GetSection(SiloSettings.Section));
        SiloSettings.Read(reader);

        IEnumerable<string> expected = reader.Defaults.Select(setting => $"| `{setting.Key}` | {(setting.Value.Length > 0 ? $"`{setting.Value}`" : "")} |");
        IEnumerable<string> rows = File.ReadLines(Find("docs/operations.md"))
            .SkipWhile(line => line != "| setting | default | meaning |").Skip(2).TakeWhile(line => line.Length > 0)
            .Select(line => string.Join('|', line.Split('|')[..3]) + "|");

        Assert.Equal(expected.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    private static string Find(string path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, path)))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? "", path);
    }
}
