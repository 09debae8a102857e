using System.Globalization;

namespace NestedLearning.Tiers;

/// <summary>Numbers with their nouns, for the records of runs.</summary>
internal static class Words
{
    public static string Memories(long count) => Counted(count, "memory", "memories");

    public static string Events(long count) => Counted(count, "event", "events");

    private static string Counted(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}
