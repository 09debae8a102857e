using NestedLearning.Cli.Rendering;

namespace NestedLearning.Cli.Tests.Rendering;

/// <summary>Makes accuracy matrices.</summary>
internal static class Grids
{
    /// <summary>Three tasks with figures that are easy to tell apart.</summary>
    public static readonly AccuracyGrid Three = new(
        "Nested", ["banking", "travel & food", "work"], [[1, 0.875, 0.8], [null, 0.5, 0.25], [null, null, 0]]);

    /// <summary>Tasks named by number; each loses a hundredth with every further task.</summary>
    public static AccuracyGrid Fading(int tasks, string name = "task") => new(
        "Fading",
        [.. Enumerable.Range(1, tasks).Select(task => $"{name}-{task}")],
        [.. Enumerable.Range(0, tasks).Select(task => Enumerable.Range(0, tasks)
            .Select(after => after < task ? (double?)null : (95 - Math.Min(95, after - task)) / 100.0).ToArray())]);
}
