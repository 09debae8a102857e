using System.Text.Json;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Polly;

namespace NestedLearning.Client;

/// <summary>The training runs of the models behind a gateway.</summary>
internal sealed class HttpTrainingRuns(Connection connection, ResiliencePipeline retry) : ITrainingRuns
{
    /// <inheritdoc/>
    /// <exception cref="RunsNotSupportedException">The engine reads no data by itself.</exception>
    public ValueTask<RunProgress> StartRunAsync(ModelId model, RunSpec spec, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(spec, ApiJson.Default.RunSpec);
        return AskAsync(HttpMethod.Put, model, json, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="RunsNotSupportedException">The engine reads no data by itself.</exception>
    public ValueTask<RunProgress> GetRunAsync(ModelId model, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Get, model, null, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="RunsNotSupportedException">The engine reads no data by itself.</exception>
    public ValueTask<RunProgress> StopRunAsync(ModelId model, CancellationToken cancellationToken) =>
        AskAsync(HttpMethod.Delete, model, null, cancellationToken);

    private ValueTask<RunProgress> AskAsync(HttpMethod method, ModelId model, byte[]? json, CancellationToken cancellationToken) =>
        retry.ExecuteAsync(
            async stop => await connection.AskAsync(
                method, ApiPaths.Run(model), json is null ? null : Connection.Json(json), ApiJson.Default.RunProgress, stop),
            cancellationToken);
}
