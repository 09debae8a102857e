using System.Text.Json;
using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>The one place that says how typed errors cross between silos.</summary>
internal static class TierFaults
{
    /// <summary>An error as it travels.</summary>
    public static TierFaultException ToFault(NestedLearningException error) => error switch
    {
        StoreException e => new TierFaultException(e.Message) { Kind = TierFaultKind.Store, StoreProblem = e.Problem, Place = e.Place },
        BusyException e => new TierFaultException(e.Message) { Kind = TierFaultKind.Busy, Place = e.Place },
        StoppingException e => new TierFaultException(e.Message) { Kind = TierFaultKind.Stopping, Place = e.Place },
        LeaseLostException e => new TierFaultException(e.Message) { Kind = TierFaultKind.LeaseLost, Place = e.Place },
        MailboxClosedException e => new TierFaultException(e.Message) { Kind = TierFaultKind.Stopping, Place = e.Mailbox },
        _ => OfProblem(error),
    };

    /// <summary>The error that travelled.</summary>
    public static NestedLearningException ToError(TierFaultException fault) => fault.Kind switch
    {
        TierFaultKind.Store => new StoreException(fault.StoreProblem, fault.Place, fault.Message.StartsWith(fault.Place + ": ", StringComparison.Ordinal) ? fault.Message[(fault.Place.Length + 2)..] : fault.Message),
        TierFaultKind.Busy => new BusyException(fault.Place),
        TierFaultKind.Stopping => new StoppingException(fault.Place),
        TierFaultKind.LeaseLost => new LeaseLostException(fault.Place),
        TierFaultKind.Problem => ApiProblems.ToError(JsonSerializer.Deserialize(fault.Problem, ApiJson.Default.ApiProblem)!, "the cluster")
            ?? new ClusterFailedException(fault.Message),
        _ => new ClusterFailedException(fault.Message),
    };

    private static TierFaultException OfProblem(NestedLearningException error)
    {
        ApiProblem problem = ApiProblems.From(error);
        return problem == ApiProblems.Internal
            ? new TierFaultException(error.Message) { Kind = TierFaultKind.Other }
            : new TierFaultException(error.Message)
            {
                Kind = TierFaultKind.Problem,
                Problem = JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Default.ApiProblem),
            };
    }
}
