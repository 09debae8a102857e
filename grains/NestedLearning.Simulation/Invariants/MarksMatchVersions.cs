using NestedLearning.Hosting;
using NestedLearning.Models;

namespace NestedLearning.Simulation;

/// <summary>
/// The marks that come with a version are those it was saved with: a memory that released an update which is not in its
/// version would forget it for a while, one that kept an update which is would know it twice. Where there was nothing of a tenant that
/// is forgotten, its mark goes up without a version.
/// </summary>
internal sealed class MarksMatchVersions : Invariant
{
    private readonly Dictionary<(long Version, TenantId), long> _saved = [];

    public override string Promise => "a memory releases exactly the updates that are in the version it adopts";

    public override string? OnLevelSaved(DurableWorld durable)
    {
        foreach (DurableMemory memory in durable.Memories)
        {
            _saved[(durable.Level.Version.Number, memory.Tenant)] = durable.Level.Mark(memory.Tenant);
        }

        return null;
    }

    public override string? OnVersionPulled(DurableWorld durable, TenantId tenant, PulledVersion pulled)
    {
        long version = pulled.Version.Number;
        long saved = _saved.GetValueOrDefault((version, tenant));
        return pulled.Marks.DurableThrough == saved || durable.Leaving.Contains(tenant)
            ? null
            : $"{tenant} adopts version {version}, which has its updates up to {saved}, and releases those up to {pulled.Marks.DurableThrough}";
    }
}
