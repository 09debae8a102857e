using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>Whoever holds a version holds the bits that the level has saved under its number.</summary>
internal sealed class ReplicasAreIdentical : Invariant
{
    private readonly Dictionary<long, byte[]> _saved = [];
    private readonly HashSet<LevelVersion> _known = new(ReferenceEqualityComparer.Instance);

    public override string Promise => "replicas at one version are the same to the bit, and every version is durable before it is seen";

    public override string? OnLevelSaved(DurableWorld durable) => Check(durable.Level.Version, isSaved: true);

    public override string? OnVersionPulled(DurableWorld durable, TenantId tenant, PulledVersion pulled)
    {
        if (pulled.Version.Number > 0 && pulled.Version.Number > durable.Level.Version.Number)
        {
            return $"{tenant} adopts version {pulled.Version.Number}, and a crash leaves version {durable.Level.Version.Number}";
        }

        return pulled.Version.Number == 0 || !_known.Add(pulled.Version) ? null : Check(pulled.Version, isSaved: false);
    }

    private string? Check(LevelVersion version, bool isSaved)
    {
        byte[] bits = LevelVersions.Encode(World.Model, World.LevelId, version);
        if (isSaved)
        {
            _saved.TryAdd(version.Number, bits);
        }

        return _saved.TryGetValue(version.Number, out byte[]? saved) && bits.AsSpan().SequenceEqual(saved)
            ? null
            : $"two versions {version.Number} differ";
    }
}
