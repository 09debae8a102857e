using System.Text;

namespace NestedLearning.Models.Tests.Data;

/// <summary>Reads a data set from memory.</summary>
internal static class Reading
{
    public const string File = "events.data";

    public static Task<List<NumberedExample>> Json(string content, FieldNames? names = null, ReadingLimits? limits = null) =>
        All(new JsonLinesReader(Bytes(content), File, names, limits));

    public static Task<List<NumberedExample>> Csv(string content, FieldNames? names = null, ReadingLimits? limits = null) =>
        All(new CsvReader(Bytes(content), File, names, limits));

    public static async Task<List<NumberedExample>> All(IExampleSource source)
    {
        using (source)
        {
            List<NumberedExample> lines = [];
            await foreach (NumberedExample line in source.ReadAsync())
            {
                lines.Add(line);
            }

            return lines;
        }
    }

    public static MemoryStream Bytes(string content) => new(Encoding.UTF8.GetBytes(content));
}
