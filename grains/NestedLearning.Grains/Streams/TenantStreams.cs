using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Streams;

namespace NestedLearning.Grains;

/// <summary>
/// Streams that feed tenants: whatever a stream provider delivers on the stream of a memory is learned by that memory.
/// Nobody has to subscribe.
/// </summary>
/// <remarks>
/// <para>
/// A provider that delivers at least once delivers some events twice. An event is known by its source and its sequence
/// number, so it counts once all the same; the provider's own tokens play no part. The numbers are the producer's: they rise
/// within a source, and an event that is sent again has the number it had. One source is one producer: two that share a name
/// would take each other's events for known.
/// </para>
/// <para>
/// The provider is told that events are delivered when they are durable. Until then it delivers them again, as long as its
/// <c>StreamPullingAgentOptions.MaxEventDeliveryTime</c> says, a minute by default: set it to the longest outage of the
/// storage that events should survive. What a provider gives up on is logged as an error, and not learned: events with
/// higher numbers go on.
/// </para>
/// <para>
/// An event that the model does not accept is left out, logged and counted, and those after it are learned; so are all
/// events of a stream whose model does not exist.
/// </para>
/// <para>
/// Within a source the provider has to keep the order, as one that reads a log does. After one that does not, an event that
/// comes after its successors is taken for known.
/// </para>
/// </remarks>
public static class TenantStreams
{
    /// <summary>The namespace of the streams.</summary>
    public const string Namespace = "nested-learning";

    /// <summary>The stream that feeds a memory. Its key is <c>model/tenant</c>.</summary>
    public static IAsyncStream<StreamedEvents> GetTenantStream(this IStreamProvider provider, MemoryAddress memory) =>
        provider.GetStream<StreamedEvents>(StreamId.Create(Namespace, MemoryKey.Of(memory)));

    /// <summary>Refuses a stream whose key is not a memory's.</summary>
    /// <exception cref="InvalidIdException">One of its names is not valid.</exception>
    /// <exception cref="InvalidInputException">It is something else.</exception>
    internal static void CheckKey(string key)
    {
        try
        {
            MemoryKey.Parse(key);
        }
        catch (ArgumentException error)
        {
            throw new InvalidInputException("stream", error.Message);
        }
    }
}
