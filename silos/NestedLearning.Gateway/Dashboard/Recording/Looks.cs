using NestedLearning.Models;

namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>What this process has seen of a tenant since it started.</summary>
/// <param name="Tenant">Whose memory.</param>
/// <param name="Total">What it learned.</param>
/// <param name="LastSeen">When it was fed last.</param>
public sealed record TenantLook(TenantId Tenant, Score Total, DateTimeOffset LastSeen)
{
    /// <summary>How many of its events are in no saved state, as far as is known here.</summary>
    public long NotDurable { get; init; }

    /// <summary>How many receipts came.</summary>
    internal long Receipts { get; init; }

    /// <summary>When its memory was asked last how it stands.</summary>
    internal DateTimeOffset LastAsked { get; init; }

    /// <summary>What it learned in each slice of the model's stream.</summary>
    public IReadOnlyList<Score> Slices { get; init; } = [];

    /// <summary>When it was taught, oldest first.</summary>
    public IReadOnlyList<Sitting> Sittings { get; init; } = [];
}

/// <summary>What this process has seen of a model since it started.</summary>
/// <param name="Total">What its memories learned.</param>
/// <param name="Tenants">The tenants seen last, by name.</param>
public sealed record ModelLook(Score Total, IReadOnlyList<TenantLook> Tenants)
{
    /// <summary>Nothing was seen yet.</summary>
    public static ModelLook Nothing { get; } = new(default, []);

    /// <summary>The stream of all tenants in slices of about equally many events.</summary>
    public IReadOnlyList<Score> Slices { get; init; } = [];

    /// <summary>When each slice began.</summary>
    public IReadOnlyList<DateTimeOffset> Began { get; init; } = [];

    /// <summary>The events learned in each of the last seconds, oldest first.</summary>
    public IReadOnlyList<long> PerSecond { get; init; } = [];

    /// <summary>How many events are in no saved state, as far as is known here.</summary>
    public long NotDurable => Tenants.Sum(tenant => tenant.NotDurable);

    /// <summary>The newest slices that hold at least some events: what is known of it lately.</summary>
    public Score Lately
    {
        get
        {
            Score lately = default;
            for (int i = Slices.Count - 1; i >= 0 && lately.Learned < LatelyEvents; i--)
            {
                lately += Slices[i];
            }

            return lately;
        }
    }

    private const int LatelyEvents = 256;
}
