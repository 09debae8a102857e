using System.Text.Json.Serialization;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>A memory at one moment.</summary>
/// <param name="Document">How it stands.</param>
/// <param name="State">Its state, as it would be saved.</param>
public sealed record HeldMemory(HeldMemoryDocument Document, ReadOnlyMemory<byte> State)
{
    private const string OutboxPrefix = "outbox/";

    /// <summary>The last update of a level that it has numbered; 0 before the first.</summary>
    public long LastUpdate(LevelId level) => Document.Levels.FirstOrDefault(held => held.Level == level.Value)?.LastUpdate ?? 0;

    /// <summary>The files that it becomes: how it stands, its state, and the updates that are still in its outbox.</summary>
    /// <exception cref="FrameException">The state is none of this model.</exception>
    public IEnumerable<ExportedFile> ToFiles(MemoryAddress memory)
    {
        yield return ExportJson.File("memory.json", Document, ExportJson.Default.HeldMemoryDocument);
        TensorSet rest = [];
        List<HeldUpdate> outbox = [];
        foreach (NamedTensor tensor in StateFrames.Decode(State, memory.Model))
        {
            if (tensor is BytesTensor update && tensor.Name.StartsWith(OutboxPrefix, StringComparison.Ordinal))
            {
                outbox.Add(new HeldUpdate(UpdatePlace.Outbox, null, new StoredUpdate(update.Bytes, 0)));
            }
            else
            {
                rest.Add(tensor);
            }
        }

        yield return TensorFile.Of("memory.safetensors", "nested-learning/memory", rest, new Dictionary<string, string>
        {
            ["model"] = memory.Model.Value,
            ["tenant"] = memory.Tenant.Value,
        });
        foreach (HeldUpdate update in outbox)
        {
            RoundUpdate read = RoundUpdate.Read(update.Update);
            yield return update.ToFile(read, OutboxPrefix + FrameCodec.Decode(update.Update.Frame, StateFrames.Limits).Header.Level, []);
        }
    }
}

/// <summary>How a memory stands, as it is exported.</summary>
/// <param name="Learned">The events that it has learned.</param>
/// <param name="Correct">How many of those it predicted correctly just before.</param>
/// <param name="Loss">The sum of what the model's own loss said of them just before.</param>
/// <param name="PrivateBytes">What it occupies in memory.</param>
/// <param name="SavedBytes">What it occupied when it was saved last.</param>
/// <param name="Sources">Who has fed it.</param>
/// <param name="Levels">What it has sent up.</param>
public sealed record HeldMemoryDocument(
    long Learned,
    long Correct,
    double Loss,
    long PrivateBytes,
    long SavedBytes,
    IReadOnlyList<HeldSource> Sources,
    IReadOnlyList<HeldOutbox> Levels)
{
    /// <summary>Whether there is anything of the tenant: events of its, or numbers that a level knows.</summary>
    [JsonIgnore]
    public bool IsKnown => Learned > 0 || Sources.Count > 0 || Levels.Any(level => level.LastUpdate > 0 || level.AppliedThrough > 0);
}

/// <summary>Who has fed a memory, and up to which of the source's own sequence numbers.</summary>
/// <inheritdoc cref="Receipt"/>
public sealed record HeldSource(string Source, long AppliedThrough, long DurableThrough);

/// <summary>What a memory has sent to a shared level.</summary>
/// <param name="Level">The level.</param>
/// <param name="Version">The version of it that the memory has adopted.</param>
/// <param name="LastUpdate">The number of the memory's last update.</param>
/// <param name="AppliedThrough">The last that the level had taken, when it was asked last.</param>
/// <param name="DurableThrough">The last that is durable there.</param>
public sealed record HeldOutbox(string Level, long Version, long LastUpdate, long AppliedThrough, long DurableThrough);
