using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Polly;

namespace NestedLearning.Client;

/// <summary>
/// An engine behind a gateway. What breaks on the way is tried again; events are kept until they are durable, and sent
/// again when the server lost them. A new process has to begin with the events after the durable ones, or earlier; with a
/// spool (<see cref="HttpClusterOptions.SpoolDirectory"/>) it has those itself.
/// </summary>
public sealed partial class HttpLearningCluster : ILearningCluster
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http;
    private readonly HttpClusterOptions _options;
    private readonly Connection _connection;
    private readonly ResiliencePipeline _retry;
    private readonly ConcurrentDictionary<(MemoryAddress Memory, SourceId Source), SourceFeed> _feeds = new();

    /// <summary>Talks to a gateway through a client of the caller's.</summary>
    /// <param name="http">
    /// Becomes this object's to close. A flush lasts as long as its round, so its timeout should be infinite.
    /// </param>
    /// <param name="server">The gateway's address.</param>
    /// <param name="options">How.</param>
    /// <exception cref="InvalidClientOptionsException">At least one option is out of its range.</exception>
    public HttpLearningCluster(HttpClient http, Uri server, HttpClusterOptions options)
    {
        options.Validate();
        _http = http;
        _options = options;
        _connection = new Connection(http, server, options.Key);
        _retry = Resilience.Create(options);
        Schedules = new HttpSchedules(_connection, _retry);
        Runs = new HttpTrainingRuns(_connection, _retry);
        Generation = new HttpGeneration(_connection);
    }

    /// <summary>The schedules of the gateway's models.</summary>
    public ISchedules Schedules { get; }

    /// <summary>Training whose data the engine behind the gateway reads by itself, where it does.</summary>
    public ITrainingRuns Runs { get; }

    /// <summary>Texts that the gateway's sequence models go on with.</summary>
    public ITextGeneration Generation { get; }

    /// <summary>Talks to the gateway at an address.</summary>
    public static HttpLearningCluster Connect(Uri server, HttpClusterOptions? options = null)
    {
        HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = ConnectTime, AllowAutoRedirect = false })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        return new HttpLearningCluster(http, server, options ?? new HttpClusterOptions());
    }

    /// <inheritdoc/>
    public async ValueTask CreateModelAsync(
        ModelId model, ModelSpec spec, RoundPolicy policy, CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new ModelDocument(spec, policy), ApiJson.Default.ModelDocument);
        await _retry.ExecuteAsync(
            async stop => await _connection.TellAsync(HttpMethod.Put, ApiPaths.Model(model), Connection.Json(json), stop), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask ImportModelAsync(
        ModelId model, ModelSpec spec, RoundPolicy policy, IReadOnlyList<InitialLevel> levels, CancellationToken cancellationToken)
    {
        spec.Validate();
        InitialLevel.Check(spec, levels);
        ModelCheckpoint checkpoint = new(
            new ModelSettings(spec, policy),
            [.. levels.Select(level => new CheckpointLevel(level.Level, new LevelVersion(0, 0, level.Parameters)) { Statistics = level.Statistics })]);
        await _retry.ExecuteAsync(
            async stop => await _connection.TellAsync(HttpMethod.Put, ApiPaths.Checkpoint(model), new CheckpointContent(checkpoint), stop), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        MemoryAddress memory, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken)
    {
        List<Prediction> predictions = [];
        IEnumerable<ModelInput[]> chunks = inputs.Count == 0 ? [[]] : inputs.Chunk(_options.InputsPerRequest);
        foreach (ModelInput[] chunk in chunks)
        {
            ArrayBufferWriter<byte> json = new();
            EventWriter.WriteInputs(json, chunk);
            PredictionsDocument answers = await _retry.ExecuteAsync(
                async stop => await _connection.AskAsync(
                    HttpMethod.Post, ApiPaths.Predict(memory), Connection.Json(json.WrittenMemory), ApiJson.Default.PredictionsDocument, stop),
                cancellationToken);
            predictions.AddRange(answers.Predictions.Select(answer => answer.ToPrediction()));
        }

        return predictions;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LevelStatus>> GetLevelsAsync(ModelId model, CancellationToken cancellationToken)
    {
        IReadOnlyList<LevelDocument> levels = await _retry.ExecuteAsync(
            async stop => await _connection.AskAsync(
                HttpMethod.Get, ApiPaths.Levels(model), null, ApiJson.Default.IReadOnlyListLevelDocument, stop),
            cancellationToken);
        return [.. levels.Select(level => level.ToStatus())];
    }

    /// <inheritdoc/>
    public async ValueTask<MemoryStatus> GetMemoryAsync(MemoryAddress memory, CancellationToken cancellationToken)
    {
        MemoryDocument document = await _retry.ExecuteAsync(
            async stop => await _connection.AskAsync(
                HttpMethod.Get, ApiPaths.Tenant(memory), null, ApiJson.Default.MemoryDocument, stop),
            cancellationToken);
        return document.ToStatus();
    }

    /// <inheritdoc/>
    public async ValueTask<LevelVersion> GetVersionAsync(ModelId model, LevelId level, CancellationToken cancellationToken)
    {
        byte[] frame = await _retry.ExecuteAsync(
            async stop => await _connection.SendAsync(
                HttpMethod.Get,
                ApiPaths.Version(model, level),
                null,
                (answer, token) => answer.ReadAsByteArrayAsync(token),
                _connection.ErrorOf,
                stop),
            cancellationToken);
        return LevelVersions.Follow(null, frame);
    }

    /// <summary>Closes the connections. What is not durable and in no spool is lost here if its server stops; flush to be sure.</summary>
    public ValueTask DisposeAsync()
    {
        foreach (SourceFeed feed in _feeds.Values)
        {
            feed.Dispose();
        }

        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
