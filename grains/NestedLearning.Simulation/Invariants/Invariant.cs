using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>
/// A promise that has to hold at every step. Each of these is asked where its promise can break, and answers null, or
/// what is wrong.
/// </summary>
internal abstract class Invariant
{
    /// <summary>What always holds.</summary>
    public abstract string Promise { get; }

    /// <summary>The level's durable state has changed.</summary>
    public virtual string? OnLevelSaved(DurableWorld durable) => null;

    /// <summary>A memory's durable state has changed, or that of the level which it would join.</summary>
    public virtual string? OnMemorySaved(DurableWorld durable, DurableMemory memory) => null;

    /// <summary>A memory sends an update, perhaps again.</summary>
    public virtual string? OnUpdateSent(UpdateFrame update) => null;

    /// <summary>A memory hears what became of its updates.</summary>
    public virtual string? OnLevelReceipt(DurableWorld durable, TenantId tenant, Receipt receipt) => null;

    /// <summary>A memory hears of a version, and which of its updates are in it.</summary>
    public virtual string? OnVersionPulled(DurableWorld durable, TenantId tenant, PulledVersion pulled) => null;

    /// <summary>A client hears what became of its events.</summary>
    public virtual string? OnClientReceipt(DurableWorld durable, SourcePlan source, Receipt receipt) => null;

    /// <summary>A client's flush has ended.</summary>
    public virtual string? OnFlushed(DurableWorld durable, SourcePlan source, Receipt receipt) => null;

    /// <summary>A client keeps this many events after a feed.</summary>
    public virtual string? OnKept(SourcePlan source, long events, FeederLimits limits) => null;

    /// <summary>Somebody asked to go back from one version to an earlier one, and hears which version that made.</summary>
    public virtual string? OnRolledBack(DurableWorld durable, long version, long from, LineageEntry made) => null;

    /// <summary>Somebody asked to fold what a version left out, and hears which version that made.</summary>
    public virtual string? OnReplayed(DurableWorld durable, long version, LineageEntry made) => null;

    /// <summary>A tenant is to be forgotten, and nobody feeds it any more.</summary>
    public virtual string? OnLeaving(DurableWorld durable, TenantId tenant) => null;

    /// <summary>Somebody hears that a tenant is forgotten.</summary>
    public virtual string? OnForgotten(DurableWorld durable, TenantId tenant) => null;

    /// <summary>A tenant that is forgotten will be fed anew.</summary>
    public virtual string? OnReturning(DurableWorld durable, TenantId tenant) => null;

    /// <summary>Something has happened.</summary>
    public virtual string? OnStep(World world) => null;

    /// <summary>The run has ended: everybody is done, or the time is up.</summary>
    public virtual string? OnEnd(World world, DurableWorld durable) => null;
}
