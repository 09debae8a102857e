using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>The answer to a stream of events: receipts, and perhaps a problem as the last one.</summary>
internal static class ReceiptLines
{
    /// <summary>Reads the receipts as they come.</summary>
    /// <param name="answer">The body of the answer.</param>
    /// <param name="errorOf">The error that a problem stands for.</param>
    /// <param name="server">Where it comes from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<ReceiptDocument> ReadAsync(
        HttpContent answer,
        Func<ApiProblem, NestedLearningException> errorOf,
        Uri server,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader lines = new(await answer.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return Read(Encoding.UTF8.GetBytes(line), errorOf, server);
        }
    }

    /// <summary>Reads one receipt.</summary>
    /// <exception cref="NestedLearningException">It is a problem.</exception>
    public static ReceiptDocument Read(ReadOnlySpan<byte> json, Func<ApiProblem, NestedLearningException> errorOf, Uri server)
    {
        try
        {
            return IsProblem(json)
                ? throw errorOf(JsonSerializer.Deserialize(json, ApiJson.Default.ApiProblem)!)
                : JsonSerializer.Deserialize(json, ApiJson.Default.ReceiptDocument) ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException error)
        {
            throw new ServerFailedException(server, (int)HttpStatusCode.OK, $"not what a gateway answers ({error.Message})");
        }
    }

    private static bool IsProblem(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("type", out _);
    }
}
