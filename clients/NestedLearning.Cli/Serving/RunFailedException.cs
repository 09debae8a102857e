using NestedLearning.Tiers;

namespace NestedLearning.Cli.Serving;

/// <summary>A schedule ran, and did not succeed.</summary>
internal sealed class RunFailedException(ScheduleAddress schedule, ScheduleRun run)
    : NestedLearningException($"The run of '{schedule}' {(run.Outcome == RunOutcome.Failed ? "failed" : "was interrupted")}: {run.Detail}");
