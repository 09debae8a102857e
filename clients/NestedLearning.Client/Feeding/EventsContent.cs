using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>Events as the body of a request, written as they go.</summary>
internal sealed class EventsContent : HttpContent
{
    private const int ChunkBytes = 32 * 1024;

    private readonly IReadOnlyList<LearningEvent> _events;

    public EventsContent(IReadOnlyList<LearningEvent> events)
    {
        _events = events;
        Headers.ContentType = new MediaTypeHeaderValue(ApiPaths.LinesMediaType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> chunk = new(ChunkBytes);
        foreach (LearningEvent next in _events)
        {
            EventWriter.WriteLine(chunk, next);
            if (chunk.WrittenCount >= ChunkBytes)
            {
                await FlushAsync();
            }
        }

        await FlushAsync();

        async Task FlushAsync()
        {
            await stream.WriteAsync(chunk.WrittenMemory, cancellationToken);
            chunk.ResetWrittenCount();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
