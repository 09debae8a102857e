namespace NestedLearning.Silo.Training;

/// <summary>How much a silo reads, and how long it waits for it.</summary>
/// <param name="MaxMib">The largest data that is read.</param>
/// <param name="Patience">How long one read may take, and a server's first answer.</param>
internal sealed record DataLimits(int MaxMib, TimeSpan Patience)
{
    public static DataLimits Default { get; } = new(16_384, TimeSpan.FromSeconds(30));

    public long MaxBytes => (long)MaxMib << 20;
}
