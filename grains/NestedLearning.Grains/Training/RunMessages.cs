using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>A grant on its way to a worker.</summary>
[GenerateSerializer, Immutable, Alias("nl.GrantReply")]
public sealed record GrantReply(
    [property: Id(0)] long Run,
    [property: Id(1)] Payload Spec,
    [property: Id(2)] ExtentReply? Extent,
    [property: Id(3)] int Shard,
    [property: Id(4)] int Worker,
    [property: Id(5)] long Lease,
    [property: Id(6)] long After)
{
    /// <summary>The grant.</summary>
    public ShardGrant ToGrant() => new(
        Run,
        Spec.ToDocument(ApiJson.Default.RunSpec),
        Extent?.ToExtent(),
        new ShardLease(Shard, Worker, Lease),
        After);

    /// <summary>A grant as it travels.</summary>
    public static GrantReply From(ShardGrant grant) => new(
        grant.Run,
        Payload.FromJson(grant.Spec, ApiJson.Default.RunSpec),
        grant.Extent is { } extent ? ExtentReply.From(extent) : null,
        grant.Lease.Shard,
        grant.Lease.Worker,
        grant.Lease.Number,
        grant.After);
}

/// <summary>What a run found before its first event, as it travels.</summary>
[GenerateSerializer, Immutable, Alias("nl.ExtentReply")]
public sealed record ExtentReply(
    [property: Id(0)] long Events,
    [property: Id(1)] string Stamp,
    [property: Id(2)] long FoldedBefore,
    [property: Id(3)] int Classes,
    [property: Id(4)] TaskReply[] Tasks)
{
    /// <summary>The extent.</summary>
    public RunExtent ToExtent() => new(Events, Stamp, FoldedBefore)
    {
        Classes = Classes,
        Tasks = [.. Tasks.Select(task => new RunTask(task.Name, task.End, task.Tests))],
    };

    /// <summary>An extent as it travels.</summary>
    public static ExtentReply From(RunExtent extent) => new(
        extent.Events,
        extent.Stamp,
        extent.FoldedBefore,
        extent.Classes,
        [.. extent.Tasks.Select(task => new TaskReply(task.Name, task.End, task.Tests))]);
}

/// <summary>A task as it travels.</summary>
[GenerateSerializer, Immutable, Alias("nl.TaskReply")]
public readonly record struct TaskReply([property: Id(0)] string Name, [property: Id(1)] long End, [property: Id(2)] int Tests);

/// <summary>What a worker tells about the shard that it holds.</summary>
[GenerateSerializer, Immutable, Alias("nl.ShardMessage")]
public readonly record struct ShardMessage(
    [property: Id(0)] int Shard,
    [property: Id(1)] int Worker,
    [property: Id(2)] long Lease,
    [property: Id(3)] long DurableThrough,
    [property: Id(4)] long Learned,
    [property: Id(5)] long Correct)
{
    /// <summary>The right to report.</summary>
    public ShardLease ToLease() => new(Shard, Worker, Lease);

    /// <summary>The report.</summary>
    public ShardReport ToReport() => new(DurableThrough, Learned, Correct);

    /// <summary>A report as it travels.</summary>
    public static ShardMessage From(ShardLease lease, ShardReport report) =>
        new(lease.Shard, lease.Worker, lease.Number, report.DurableThrough, report.Learned, report.Correct);
}
