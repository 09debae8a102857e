using Microsoft.AspNetCore.Http;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>What concerns a model as a whole.</summary>
internal static class ModelEndpoints
{
    /// <summary>Makes a model, or joins one that is the same.</summary>
    public static async Task CreateAsync(ApiCall call)
    {
        ModelId model = call.Model;
        ReadOnlyMemory<byte> json = await call.ReadJsonAsync();
        ModelDocument document = ModelDocument.Parse(json.Span);
        document.Spec.Validate();
        RequireRoomFor(document.Spec, call.Options);
        await call.Cluster.CreateModelAsync(model, document.Spec, document.Policy, call.Stop);
        call.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Does away with a model; the answer comes once nothing of it is stored.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    public static async Task DeleteAsync(ApiCall call)
    {
        ModelId model = call.Model;
        bool isThere = await call.Cluster.DeleteModelAsync(model, call.Stop);
        call.Recorder.Forget(model);
        if (!isThere)
        {
            throw new UnknownModelException(model);
        }

        call.Context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    public static async Task ListAsync(ApiCall call)
    {
        IReadOnlyList<ModelId> models = await call.Cluster.GetModelsAsync(call.Stop);
        await call.WriteAsync([.. models.Select(model => model.Value)], ApiJson.Default.IReadOnlyListString);
    }

    /// <summary>The document that makes the same model again.</summary>
    public static async Task SettingsAsync(ApiCall call)
    {
        ModelSettings settings = await call.Cluster.GetModelAsync(call.Model, call.Stop);
        await call.WriteAsync(new ModelDocument(settings.Spec, settings.Policy), ApiJson.Default.ModelDocument);
    }

    public static async Task LevelsAsync(ApiCall call)
    {
        IReadOnlyList<LevelStatus> levels = await call.Cluster.GetLevelsAsync(call.Model, call.Stop);
        await call.WriteAsync([.. levels.Select(LevelDocument.From)], ApiJson.Default.IReadOnlyListLevelDocument);
    }

    /// <summary>The newest version of a level, whole, as a frame.</summary>
    public static async Task VersionAsync(ApiCall call)
    {
        LevelVersion version = await call.Cluster.GetVersionAsync(call.Model, call.Level, call.Stop);
        byte[] frame = LevelVersions.Encode(call.Model, call.Level, version);
        call.Context.Response.ContentType = ApiPaths.FrameMediaType;
        call.Context.Response.ContentLength = frame.Length;
        await call.Context.Response.Body.WriteAsync(frame, call.Stop);
    }

    /// <summary>A model is made as large as its settings say, before it has learned anything.</summary>
    private static void RequireRoomFor(ModelSpec spec, GatewayOptions options)
    {
        if (spec is SequenceSpec sequence && sequence.Model.MostParameters > options.MaxModelParameters)
        {
            throw new InvalidSpecException([FormattableString.Invariant(
                $"the model has about {sequence.Model.MostParameters:0} parameters, accepted: up to {options.MaxModelParameters}")]);
        }
    }
}
