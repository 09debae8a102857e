namespace NestedLearning.Silo.Configuration;

/// <summary>How long starting and stopping may take. Every stage of a stop has a time of its own, so that a slow one takes nothing from those after it.</summary>
/// <param name="StartPatience">How long a start waits for a database or a blob service that does not answer.</param>
/// <param name="StopRequests">How long requests may take to end. They are told to at once; whoever then keeps a connection open is cut off.</param>
/// <param name="StopDrain">How long memories may take to send up and save what they learned.</param>
/// <param name="StopHandOver">How long Orleans may take to hand over its grains and leave the cluster.</param>
internal sealed record LifetimeSettings(TimeSpan StartPatience, TimeSpan StopRequests, TimeSpan StopDrain, TimeSpan StopHandOver)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>How long a stop may take altogether.</summary>
    public TimeSpan Stop => StopRequests + StopDrain + StopHandOver;

    public static LifetimeSettings Read(SettingsReader reader) => new(
        reader.Time("Lifetime:StartPatience", TimeSpan.FromSeconds(15), TimeSpan.Zero, Longest),
        reader.Time("Lifetime:StopRequests", TimeSpan.FromSeconds(5), TimeSpan.Zero, Longest),
        reader.Time("Lifetime:StopDrain", TimeSpan.FromSeconds(20), TimeSpan.Zero, Longest),
        reader.Time("Lifetime:StopHandOver", TimeSpan.FromSeconds(15), TimeSpan.Zero, Longest));
}
