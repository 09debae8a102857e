using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// The newest version of a level as decoded from its frames. Replicas at one version are the same to the bit, so the
/// memories of one process share one.
/// </summary>
internal sealed class ReplicaCache
{
    private readonly Lock _lock = new();
    private LevelVersion? _newest;

    public LevelVersion Resolve(LevelVersion? last, VersionReply reply)
    {
        lock (_lock)
        {
            if (_newest?.Number == reply.Version)
            {
                return _newest;
            }

            LevelVersion? version = last;
            foreach (ReadOnlyMemory<byte> frame in reply.Frames)
            {
                version = LevelVersions.Follow(version, frame);
            }

            _newest = version;
            return version!;
        }
    }
}
