using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>What is done by hand in a run, one after another; nothing in most runs.</summary>
internal static class OperationPlan
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    /// <summary>Whether somebody operates the model at all.</summary>
    public static bool IsOperated(Chance chance) => chance.Is(1.0 / 3);

    /// <summary>The policy of a model that is operated: some keep fewer rounds, have a gate, or can forget a tenant.</summary>
    public static RoundPolicy Policy(Chance chance, RoundPolicy policy) => policy with
    {
        KeptRounds = chance.Is(0.5) ? chance.Between(1, 6) : policy.KeptRounds,
        Forgettable = chance.Is(0.5),
        Gate = chance.Is(0.3) ? new GatePolicy { ProbesPerLabel = chance.Between(1, 6), MinProbes = chance.Between(4, 12) } : null,
    };

    /// <summary>What is done to a model with this policy.</summary>
    public static IReadOnlyList<Operation> Choose(Chance chance, RoundPolicy policy, IReadOnlyList<TenantId> tenants)
    {
        List<Operation> operations = [.. Enumerable.Range(0, chance.Between(2, 7)).Select(_ => Revision(chance))];
        for (int left = policy.Forgettable ? chance.Between(1, 3) : 0; left > 0; left--)
        {
            operations.Insert(
                chance.Between(0, operations.Count + 1), new ForgetOperation(chance.Wait(Between), chance.Pick(tenants), chance.Is(0.5)));
        }

        return operations;
    }

    private static Operation Revision(Chance chance)
    {
        TimeSpan after = chance.Wait(Between);
        return chance.Is(0.6) ? new RollbackOperation(after) : new ReplayOperation(after);
    }
}
