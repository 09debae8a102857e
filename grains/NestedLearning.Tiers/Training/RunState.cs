using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Tiers;

/// <summary>All that a run is, as a store keeps it.</summary>
internal sealed record RunState(int FormatVersion, long Number, RunSpec Spec, RunStage Stage)
{
    public const int Format = 1;

    /// <summary>What was found before the first event; null until then.</summary>
    public RunExtent? Extent { get; init; }

    /// <summary>What was measured where each task ended, by its index; a task that nobody measured has none.</summary>
    public IReadOnlyDictionary<int, RunColumn> Columns { get; init; } = new Dictionary<int, RunColumn>();

    /// <summary>The number of the last lease that was given.</summary>
    public long LastLease { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Problem { get; init; }

    /// <summary>The shards, by number.</summary>
    public ShardRecord[] Shards { get; init; } = [];

    public static RunState Of(long number, RunSpec spec) => new(Format, number, spec, RunStage.Surveying)
    {
        Shards = [.. Enumerable.Repeat(new ShardRecord(), spec.Shards)],
    };

    /// <summary>With what a shard's memory answered when a task ended.</summary>
    /// <exception cref="ArgumentException">There is no such task, or not as many answers as tasks up to it.</exception>
    public RunState With(int shard, int task, IReadOnlyList<int> correct)
    {
        if (Extent is not { } extent || task < 0 || task >= extent.Tasks.Count || correct.Count != task + 1)
        {
            throw new ArgumentException($"There are {correct.Count} counts for task {task}; accepted is one for each task up to it.", nameof(correct));
        }

        RunColumn column = Columns.GetValueOrDefault(task) ?? new RunColumn(new int[correct.Count], []);
        int lane = RunShard.Of(Spec, extent.Events, shard).Lane;
        return this with { Columns = new Dictionary<int, RunColumn>(Columns) { [task] = column.With(lane, correct) } };
    }

    /// <summary>The columns that every worker has had its part in, of the first tasks.</summary>
    public IEnumerable<RunColumn> MeasuredColumns() =>
        Enumerable.Range(0, Columns.Count).TakeWhile(task => Columns.TryGetValue(task, out RunColumn? column) && column.Lanes.Length == Spec.Workers)
            .Select(task => Columns[task]);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, RunStateJson.Default.RunState);

    /// <exception cref="DamagedRunException">It is something else than <see cref="ToJson"/> wrote.</exception>
    public static RunState FromJson(ReadOnlySpan<byte> json)
    {
        RunState? state;
        try
        {
            state = JsonSerializer.Deserialize(json, RunStateJson.Default.RunState);
        }
        catch (JsonException error)
        {
            throw new DamagedRunException("is not JSON of a run", error);
        }

        if (state?.FormatVersion != Format)
        {
            throw new DamagedRunException($"has the format {state?.FormatVersion}, accepted is {Format}");
        }

        return state.Spec is { } spec && state.Shards?.Length == spec.Shards && state.Columns is not null
            ? state
            : throw new DamagedRunException("does not have the shards of its spec");
    }
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunState))]
internal sealed partial class RunStateJson : JsonSerializerContext;
