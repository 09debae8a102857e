using NestedLearning.Models;

namespace NestedLearning.Client.Tests.Spooling;

/// <summary>A folder of spools that is gone afterwards.</summary>
internal sealed class SpoolFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory().FullName;

    public string File => System.IO.Path.Combine(Path, "test.spool");

    /// <summary>The spool of Ann's source, where a client puts it.</summary>
    public string AnnsFile => System.IO.Path.Combine(Path, "small", "ann", "test.spool");

    public EventSpool Open(int maxBytes = 1024 * 1024) => EventSpool.Open(File, maxBytes);

    /// <summary>The numbers of the events that a spool holds.</summary>
    public static async Task<IReadOnlyList<long>> NumbersAsync(EventSpool spool)
    {
        (_, IReadOnlyList<LearningEvent> events) = await spool.ReadAsync(default);
        return [.. events.Select(kept => kept.Sequence)];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
