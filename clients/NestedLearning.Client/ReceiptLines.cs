using System.Runtime.CompilerServices;
using System.Text.Json;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>The answer to a stream of events: receipts, and perhaps a problem as the last line.</summary>
internal static class ReceiptLines
{
    /// <summary>Reads the receipts as they come.</summary>
    /// <param name="answer">The body of the answer.</param>
    /// <param name="errorOf">The error that a problem stands for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async IAsyncEnumerable<ReceiptDocument> ReadAsync(
        HttpContent answer, Func<ApiProblem, NestedLearningException> errorOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader lines = new(await answer.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return IsProblem(line)
                ? throw errorOf(JsonSerializer.Deserialize(line, ApiJson.Default.ApiProblem)!)
                : JsonSerializer.Deserialize(line, ApiJson.Default.ReceiptDocument)!;
        }
    }

    private static bool IsProblem(string line)
    {
        using JsonDocument json = JsonDocument.Parse(line);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("type", out _);
    }
}
