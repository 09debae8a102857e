namespace NestedLearning.Gateway.Dashboard.Signing;

/// <summary>A browser that is signed in.</summary>
/// <param name="Id">What its cookie says; 256 random bits.</param>
/// <param name="Credential">What it signed in with; it is asked for again at each request, so a key that is removed ends its sessions.</param>
/// <param name="FormToken">What its forms bring back, so that no other page can send them.</param>
/// <param name="Ends">From then on it is no session.</param>
internal sealed record Session(string Id, string Credential, string FormToken, DateTimeOffset Ends)
{
    /// <summary>How long one lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);
}
