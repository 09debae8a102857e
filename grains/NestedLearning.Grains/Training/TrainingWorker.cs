using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>One worker at work: it takes shard after shard until there is nothing left for it.</summary>
internal sealed class TrainingWorker(int number, RunMeans means)
{
    private ShardGrant? _grant;

    /// <summary>Whether it has not reached the run for as long as a lease holds.</summary>
    public bool IsSilent => _grant is { } grant && means.Run.Silence >= grant.Spec.LeaseTime;

    /// <summary>Works.</summary>
    /// <exception cref="LeaseLostException">Somebody else has its shard; it has to stop.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await means.Run.LeaseAsync(number, cancellationToken) is { } grant)
        {
            _grant = grant;
            try
            {
                await (grant.Extent is { } extent ? LearnAsync(grant, extent, cancellationToken) : SurveyAsync(grant, cancellationToken));
            }
            catch (NestedLearningException error) when (EndsRun(error))
            {
                string problem = error is EventRefusedException ? $"Shard {grant.Lease.Shard}: {error.Message}" : error.Message;
                await means.Run.FailAsync(grant.Lease, problem, cancellationToken);
            }
        }
    }

    /// <summary>Whether trying again changes nothing; data that cannot be reached now may be there later.</summary>
    private static bool EndsRun(NestedLearningException error) => error switch
    {
        DataException data => data.InnerException is not IOException,
        EventRefusedException or FieldNamesException or LevelBehindException => true,
        _ => false,
    };

    private async Task LearnAsync(ShardGrant grant, RunExtent extent, CancellationToken cancellationToken)
    {
        ShardReport? report = null;
        for (long after = grant.After; report is null;)
        {
            try
            {
                report = await new ShardWork(grant, extent, after, means).RunAsync(cancellationToken);
            }
            catch (EventsMissingException missing)
            {
                after = missing.AppliedThrough;
            }
            catch (DurableEventsLostException lost)
            {
                after = lost.AppliedThrough;
            }
        }

        await means.Run.CompleteAsync(grant.Lease, report.Value, cancellationToken);
    }

    /// <summary>Reads the data through; the lease is renewed on the way.</summary>
    private async Task SurveyAsync(ShardGrant grant, CancellationToken cancellationToken)
    {
        LevelStatus level = await means.GetLevelAsync(cancellationToken);
        using RunData data = await means.OpenDataAsync(grant, () => default, cancellationToken);
        RunExtent extent = await RunSurvey.ReadAsync(data.Examples, grant.Spec, data.Stamp, level.Events, cancellationToken);
        await means.Run.PlanAsync(grant.Lease, extent, cancellationToken);
    }
}
