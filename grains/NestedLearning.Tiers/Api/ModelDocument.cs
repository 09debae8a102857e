using System.Text.Json;
using System.Text.Json.Nodes;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What makes a model, as a client sends it.</summary>
/// <param name="Spec">The model.</param>
/// <param name="Policy">When its shared levels fold.</param>
public sealed record ModelDocument(ModelSpec Spec, RoundPolicy Policy)
{
    private const string SpecField = "spec";
    private const string PolicyField = "policy";
    private const string GateField = "gate";
    private const string KindField = "$kind";
    private const string ModelField = "model";
    private const string VocabularyField = "vocabulary";

    private static readonly JsonDocumentOptions NoDuplicates = new() { AllowDuplicateProperties = false };

    private static readonly Dictionary<string, ModelSpec> Defaults = new()
    {
        ["classifier"] = new ClassifierSpec(),
        ["sequence"] = SequenceSpec.OfBytes,
    };

    /// <summary>Reads a document; settings that it leaves out have their defaults, and the policy may be left out whole. A sequence model whose
    /// vocabulary is left out knows the tokens of its tokenizer, by default bytes.</summary>
    /// <exception cref="JsonException">It is not JSON, or names a setting that there is not.</exception>
    /// <exception cref="InvalidInputException">The spec or its kind is missing.</exception>
    public static ModelDocument Parse(ReadOnlySpan<byte> json)
    {
        JsonObject given = JsonNode.Parse(json, documentOptions: NoDuplicates) as JsonObject ?? [];
        string? kind = given[SpecField] is JsonObject spec && spec[KindField] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        if (kind is null || !Defaults.TryGetValue(kind, out ModelSpec? defaults))
        {
            throw new InvalidInputException(
                SpecField, $"has no '{KindField}' that is known", $"the settings of a model of the kind {string.Join(" or ", Defaults.Keys)}");
        }

        // What JSON leaves out of a type without setters would be 0, not the default.
        JsonObject whole = (JsonObject)JsonSerializer.SerializeToNode(
            new ModelDocument(defaults, new RoundPolicy()), ApiJson.Default.ModelDocument)!;
        if (given[PolicyField] is JsonObject policy && policy[GateField] is JsonObject)
        {
            whole[PolicyField]![GateField] = JsonSerializer.SerializeToNode(new GatePolicy(), ApiJson.Default.GatePolicy);
        }

        Overlay(whole, given);
        ModelDocument document = whole.Deserialize(ApiJson.Default.ModelDocument)!;
        bool isCounted = given[SpecField]![ModelField] is JsonObject model && model.ContainsKey(VocabularyField);
        return document.Spec is SequenceSpec sequence && !isCounted ? document with { Spec = sequence.WithVocabularyOfTokenizer() } : document;
    }

    private static void Overlay(JsonObject whole, JsonObject given)
    {
        foreach ((string name, JsonNode? value) in given)
        {
            if (whole[name] is JsonObject defaults && value is JsonObject settings)
            {
                Overlay(defaults, settings);
            }
            else if (!(name == PolicyField && value is null))
            {
                whole[name] = value?.DeepClone();
            }
        }
    }
}
