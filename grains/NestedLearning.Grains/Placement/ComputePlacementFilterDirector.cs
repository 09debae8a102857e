using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace NestedLearning.Grains;

/// <summary>Keeps the silos that declare the compute a model asks for; whether others will do is a matter of policy.</summary>
internal sealed partial class ComputePlacementFilterDirector(
    IOptions<TierPlacementOptions> options, ISiloMetadataCache metadata, ILogger<ComputePlacementFilterDirector> logger)
    : IPlacementFilterDirector
{
    private readonly ConcurrentDictionary<string, string> _fallenBack = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        ComputeRequest request = ComputeRequest.Of(target.GrainIdentity, options.Value);
        if (request.Compute == ComputeKinds.Any)
        {
            return silos;
        }

        SiloAddress[] candidates = [.. silos];
        SiloAddress[] matching = [.. candidates.Where(silo => ProfileOf(silo).Compute == request.Compute)];
        if (matching.Length > 0)
        {
            SayFound(request);
            return matching;
        }

        return candidates.Length == 0 ? [] : FallBack(request, candidates);
    }

    private SiloAddress[] FallBack(ComputeRequest request, SiloAddress[] candidates)
    {
        if (options.Value.Fallback == PlacementFallback.Refuse)
        {
            TierMetrics.PlacementRefusals.Add(1, TierMetrics.Asked(request.Compute));
            throw new ComputeUnavailableException(request.Model, request.Compute, Describe(candidates));
        }

        TierMetrics.PlacementFallbacks.Add(1, TierMetrics.Asked(request.Compute));
        if (_fallenBack.TryAdd(request.Setting, request.Compute))
        {
            LogFallback(request.Compute, request.Model, request.Setting, string.Join("; ", Describe(candidates)));
        }

        return candidates;
    }

    private void SayFound(ComputeRequest request)
    {
        if (_fallenBack.TryRemove(request.Setting, out _))
        {
            LogFound(request.Compute, request.Setting);
        }
    }

    private string[] Describe(SiloAddress[] silos) =>
    [
        .. silos.GroupBy(silo => ProfileOf(silo).DescribeCompute())
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Count()} with {group.Key}"),
    ];

    private SiloProfile ProfileOf(SiloAddress silo) => SiloProfile.Of(metadata.GetSiloMetadata(silo));
}
