using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Tiers;

/// <summary>The JSON of the HTTP API, for both of its ends. A member that nobody knows is refused, not passed over.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowOutOfOrderMetadataProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.Strict,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelDocument))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<LevelDocument>))]
[JsonSerializable(typeof(MemoryDocument))]
[JsonSerializable(typeof(ReceiptDocument))]
[JsonSerializable(typeof(PredictionsDocument))]
[JsonSerializable(typeof(ScheduleDocument))]
[JsonSerializable(typeof(ScheduleStatusDocument))]
[JsonSerializable(typeof(IReadOnlyList<ScheduleStatusDocument>))]
[JsonSerializable(typeof(ScheduleRun))]
[JsonSerializable(typeof(IReadOnlyList<ScheduleRun>))]
[JsonSerializable(typeof(IReadOnlyList<VersionRecord>))]
[JsonSerializable(typeof(LineageEntry))]
[JsonSerializable(typeof(ConsolidationDocument))]
[JsonSerializable(typeof(ForgetDocument))]
[JsonSerializable(typeof(ForgottenLevelDocument))]
[JsonSerializable(typeof(RunSpec))]
[JsonSerializable(typeof(RunProgress))]
[JsonSerializable(typeof(GenerationDocument))]
[JsonSerializable(typeof(GeneratedTextDocument))]
[JsonSerializable(typeof(GenerationEndDocument))]
[JsonSerializable(typeof(ApiProblem))]
public sealed partial class ApiJson : JsonSerializerContext;
