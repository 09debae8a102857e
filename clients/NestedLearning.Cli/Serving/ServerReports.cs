using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Serving;

/// <summary>What <c>nl serve --json</c> writes once it listens.</summary>
internal sealed record ServeReport(Uri Url, string DataDirectory)
{
    public string ToJson() => JsonSerializer.Serialize(this, ServerReportsJson.Default.ServeReport);
}

/// <summary>What <c>nl feed --json</c> writes.</summary>
internal sealed record FeedReport(string Model, string Tenant, string Source)
{
    /// <summary>The events of the data, known ones included.</summary>
    public long Events { get; init; }

    /// <summary>Those that were new.</summary>
    public long Learned { get; init; }

    /// <summary>Those of them that were predicted correctly before they were learned.</summary>
    public long Correct { get; init; }

    /// <summary>What the memory's texts cost in all before they were learned, in bits a byte; null for a model that learns no texts token by token.</summary>
    public double? BitsPerByte { get; init; }

    public long AppliedThrough { get; init; }

    public long DurableThrough { get; init; }

    public double Seconds { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, ServerReportsJson.Default.FeedReport);
}

/// <summary>What <c>nl ask --json</c> writes.</summary>
internal sealed record AskReport(string Model, string Tenant, IReadOnlyList<AskedText> Answers)
{
    public string ToJson() => JsonSerializer.Serialize(this, ServerReportsJson.Default.AskReport);
}

/// <summary>A text and the answer; label and score are null while no class is known.</summary>
internal sealed record AskedText(string Text, string? Label, float? Score);

/// <summary>What <c>nl generate --json</c> writes.</summary>
internal sealed record GenerateReport(string Model, string Tenant, string Prompt, string Text, long Tokens, long Position, bool Stopped)
{
    public string ToJson() => JsonSerializer.Serialize(this, ServerReportsJson.Default.GenerateReport);
}

/// <summary>What <c>nl levels --json</c> writes.</summary>
internal sealed record LevelsReport(string Model, IReadOnlyList<LevelDocument> Levels)
{
    public string ToJson() => JsonSerializer.Serialize(this, ServerReportsJson.Default.LevelsReport);
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServeReport))]
[JsonSerializable(typeof(FeedReport))]
[JsonSerializable(typeof(AskReport))]
[JsonSerializable(typeof(GenerateReport))]
[JsonSerializable(typeof(LevelsReport))]
internal sealed partial class ServerReportsJson : JsonSerializerContext;
