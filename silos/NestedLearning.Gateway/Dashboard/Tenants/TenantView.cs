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
/// <param name="Measure">By what is told how well it knows what it learns.</param>
public sealed record TenantView(TenantId Tenant, MemoryStatus Status, TenantLook? Look, IReadOnlyList<TenantMoment> Moments, Measure Measure)
{
    /// <summary>How well it knew all it has learned since it exists.</summary>
    public string Known => Measure.NumberOf(new Score(Status.Learned, Status.Correct) { Loss = Status.Loss, CodeLength = Status.CodeLength });

    /// <summary>How well it knew each slice in which it learned something.</summary>
    public Chart Curve()
    {
        List<(double X, double? Value)> points = [];
        long learned = 0;
        foreach (Score slice in (Look?.Slices ?? []).Where(slice => slice.Learned > 0))
        {
            learned += slice.Learned;
            points.Add(((double)learned / Look!.Total.Learned, Measure.ValueOf(slice)));
        }

        return Chart.Of(Measure, ("in each slice of the stream", points));
    }
}
