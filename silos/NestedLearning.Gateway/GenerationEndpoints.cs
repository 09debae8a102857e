using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using NestedLearning.Gateway.Metrics;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>Texts that go on, piece by piece.</summary>
internal static class GenerationEndpoints
{
    /// <summary>
    /// Sends each piece as an event when it is there, and one event at the end. What is wrong before the first piece is a problem like any
    /// other; afterwards it is the last event. A caller that goes away ends the text.
    /// </summary>
    public static async Task GenerateAsync(ApiCall call)
    {
        ReadOnlyMemory<byte> json = await call.ReadJsonAsync();
        GenerationDocument document = JsonSerializer.Deserialize(json.Span, ApiJson.Default.GenerationDocument) ?? throw new JsonException("The document is null.");
        await using IAsyncEnumerator<GenerationEvent> events = call.Generation
            .GenerateAsync(call.Memory, document.ToRequest(), call.Stop).GetAsyncEnumerator(call.Stop);
        bool isThere = await events.MoveNextAsync();
        await TypedResults.ServerSentEvents(ItemsAsync(call, events, isThere)).ExecuteAsync(call.Context);
    }

    private static async IAsyncEnumerable<SseItem<string>> ItemsAsync(ApiCall call, IAsyncEnumerator<GenerationEvent> events, bool isThere)
    {
        ApiProblem? problem = null;
        while (isThere)
        {
            yield return ItemOf(events.Current);
            try
            {
                isThere = await events.MoveNextAsync();
            }
            catch (Exception error)
            {
                problem = ApiErrors.Describe(call, error);
                isThere = false;
            }
        }

        if (problem is not null)
        {
            yield return Item(ApiPaths.ProblemEvent, problem, ApiJson.Default.ApiProblem);
        }
    }

    private static SseItem<string> ItemOf(GenerationEvent next)
    {
        if (next is GeneratedText piece)
        {
            return Item(GeneratedTextDocument.EventName, new GeneratedTextDocument(piece.Text), ApiJson.Default.GeneratedTextDocument);
        }

        GenerationEnd end = (GenerationEnd)next;
        GatewayMetrics.GeneratedTokens.Add(end.Tokens);
        return Item(GenerationEndDocument.EventName, GenerationEndDocument.From(end), ApiJson.Default.GenerationEndDocument);
    }

    private static SseItem<string> Item<T>(string name, T document, JsonTypeInfo<T> type) => new(JsonSerializer.Serialize(document, type), name);
}
