using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Tenants;

/// <summary>Something that happened to a tenant.</summary>
/// <param name="At">When.</param>
/// <param name="Tone">How it looks: the name of an outcome.</param>
/// <param name="What">In a word or two.</param>
/// <param name="Detail">The rest.</param>
public sealed record TenantMoment(DateTimeOffset At, string Tone, string What, string Detail);

/// <summary>One tenant.</summary>
/// <param name="Tenant">Its name.</param>
/// <param name="Status">How its memory stands.</param>
/// <param name="Look">What passed through this process; null for nothing.</param>
/// <param name="Moments">What happened to it, newest first.</param>
public sealed record TenantView(TenantId Tenant, MemoryStatus Status, TenantLook? Look, IReadOnlyList<TenantMoment> Moments)
{
    /// <summary>The accuracy in each slice in which it learned something.</summary>
    public IReadOnlyList<ChartLine> Curve()
    {
        List<ChartPoint> points = [];
        long learned = 0;
        foreach (Score slice in (Look?.Slices ?? []).Where(slice => slice.Learned > 0))
        {
            learned += slice.Learned;
            points.Add(new ChartPoint((double)learned / Look!.Total.Learned, slice.Accuracy));
        }

        return [new ChartLine("in each slice of the stream", 1, points)];
    }
}
