using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Forgetting;

/// <summary>What a model keeps and what it forgets.</summary>
/// <param name="Look">What passed through this process.</param>
/// <param name="Run">The model's training run; null where there is none.</param>
/// <param name="Measure">By what is told how well it knows what it learns.</param>
public sealed record ForgettingView(ModelLook Look, RunProgress? Run, Measure Measure)
{
    private const int MaxTenants = 60;

    /// <summary>Whether the engine reads data by itself.</summary>
    public bool HasRuns { get; init; }

    /// <summary>The tenants that are shown, by name: those that learned most.</summary>
    public IReadOnlyList<TenantLook> Tenants =>
    [
        .. Look.Tenants.Where(tenant => tenant.Total.Learned > 0).OrderByDescending(tenant => tenant.Total.Learned).Take(MaxTenants)
            .OrderBy(FirstSlice).ThenBy(tenant => tenant.Tenant.Value, StringComparer.Ordinal),
    ];

    /// <summary>The accuracy on each task after each one, as the run's workers measured it; null where none is measured.</summary>
    public AccuracyMatrix? Matrix()
    {
        if (Run is not { Measured.Count: > 0 } run)
        {
            return null;
        }

        // Each worker asks a memory of its own, so a task's questions are answered as often.
        AccuracyMatrix matrix = new([.. run.Tasks.Select(task => task.Tests * run.Workers)]);
        foreach (IReadOnlyList<int> column in run.Measured)
        {
            matrix.Finish(column);
        }

        return matrix;
    }

    /// <summary>The best accuracy on a task so far less the present one.</summary>
    public static double ForgottenOf(AccuracyMatrix matrix, int task)
    {
        double[] accuracies = [.. Enumerable.Range(task, matrix.Finished - task).Select(after => matrix[task, after] ?? 0)];
        return accuracies.Max() - accuracies[^1];
    }

    /// <summary>How well a tenant's events were known in each slice of the model's stream.</summary>
    public static IReadOnlyList<StripCell> CellsOf(TenantLook tenant, Measure measure) =>
    [
        .. tenant.Slices.Select((score, i) => new StripCell(
            Heat.ClassOf(measure.KnownOf(score)),
            score.Learned == 0 ? null : $"{tenant.Tenant}, slice {i + 1}: {measure.TextOf(score)} of {Figures.Count(score.Learned, "event", "events")}")),
    ];

    private static int FirstSlice(TenantLook tenant)
    {
        int first = 0;
        while (first < tenant.Slices.Count && tenant.Slices[first].Learned == 0)
        {
            first++;
        }

        return first;
    }
}
