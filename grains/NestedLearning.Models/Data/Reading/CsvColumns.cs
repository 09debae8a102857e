using System.Text;

namespace NestedLearning.Models;

/// <summary>Where the columns of a CSV file stand; null for a column it lacks.</summary>
internal sealed record CsvColumns(int Count, int? Text, int Label, int? Task, int? Split, int? Features)
{
    /// <summary>Finds the columns in the header.</summary>
    /// <exception cref="DataException">A needed column is missing, or one is named twice.</exception>
    public static CsvColumns Find(CsvRecord header, FieldNames names)
    {
        List<string> columns = [];
        for (int i = 0; i < header.Count; i++)
        {
            columns.Add(Encoding.UTF8.GetString(header[i]).Trim());
        }

        CsvColumns found = new(
            columns.Count,
            Find(names.Text),
            Find(names.Label) ?? throw Missing($"no column '{names.Label}'"),
            Find(names.Task),
            Find(names.Split),
            Find(names.Features));
        return found.Text is null && found.Features is null
            ? throw Missing($"neither a column '{names.Text}' nor '{names.Features}'")
            : found;

        int? Find(string name)
        {
            int first = columns.IndexOf(name);
            if (columns.LastIndexOf(name) != first)
            {
                throw header.Position.Error($"the column '{name}' is named twice; accepted is one");
            }

            return first < 0 ? null : first;
        }

        DataException Missing(string problem) => header.Position.Error(
            $"the header has {problem}; its columns are {LinePosition.Show(string.Join(", ", columns))}");
    }
}
