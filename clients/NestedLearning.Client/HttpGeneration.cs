using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>Texts that go on behind a gateway. A text that has begun is not begun again: whoever has its last state can go on from there.</summary>
internal sealed class HttpGeneration(Connection connection) : ITextGeneration
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<GenerationEvent> GenerateAsync(
        MemoryAddress memory, GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(GenerationDocument.From(request), ApiJson.Default.GenerationDocument);
        bool hasEnded = false;
        await foreach (SseItem<string> item in connection.EventsAsync(ApiPaths.Generate(memory), json, cancellationToken))
        {
            GenerationEvent next = Read(item);
            hasEnded = next is GenerationEnd;
            yield return next;
        }

        if (!hasEnded)
        {
            throw new ServerUnreachableException(connection.Server, "the text broke off", null);
        }
    }

    private GenerationEvent Read(SseItem<string> item)
    {
        try
        {
            return item.EventType switch
            {
                GeneratedTextDocument.EventName => new GeneratedText(JsonSerializer.Deserialize(item.Data, ApiJson.Default.GeneratedTextDocument)!.Text),
                GenerationEndDocument.EventName => JsonSerializer.Deserialize(item.Data, ApiJson.Default.GenerationEndDocument)!.ToEnd(),
                ApiPaths.ProblemEvent => throw connection.ErrorOf(JsonSerializer.Deserialize(item.Data, ApiJson.Default.ApiProblem)!),
                string other => throw new JsonException($"an event '{other}'"),
            };
        }
        catch (JsonException error)
        {
            throw connection.NotAnAnswer(error);
        }
    }
}
