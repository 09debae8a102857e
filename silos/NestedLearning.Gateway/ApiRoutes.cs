using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Description;
using NestedLearning.Gateway.Exporting;
using NestedLearning.Gateway.Feeding;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>Every route, who may call it, what it takes and what it answers.</summary>
internal static class ApiRoutes
{
    private const string Model = ApiPaths.Root + "/models/{model}";
    private const string Level = Model + "/levels/{level}";
    private const string Tenant = Model + "/tenants/{tenant}";
    private const string Schedule = Model + "/schedules/{schedule}";

    public static void MapModels(IEndpointRouteBuilder routes)
    {
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, ApiPaths.Models, "The models, by name", ModelEndpoints.ListAsync)
            .Answers(typeof(IReadOnlyList<string>));
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model, "What a model was made with", ModelEndpoints.SettingsAsync)
            .Answers(typeof(ModelDocument));
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Put, Model, "Make a model, or join the same one", ModelEndpoints.CreateAsync)
            .Takes(typeof(ModelDocument)).AnswersNothing();
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Delete, Model, "Do away with a model", ModelEndpoints.DeleteAsync)
            .AnswersNothing();
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/checkpoint", "The model as a file", CheckpointEndpoints.ExportAsync)
            .Takes(QueryParameter.Flag("weightsOnly")).AnswersMedia(ApiPaths.SafetensorsMediaType);
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Put, Model + "/checkpoint", "Make a model from a file, or join the same one", CheckpointEndpoints.ImportAsync)
            .TakesMedia(ApiPaths.SafetensorsMediaType).AnswersNothing();
        ApiRoute.Map(routes, ApiScope.ClusterAdmin, HttpMethods.Put, Model + "/run", "Begin a training run, or go on with it", RunEndpoints.StartAsync)
            .Takes(typeof(RunSpec)).Answers(typeof(RunProgress));
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/run", "How the training run stands", RunEndpoints.ProgressAsync)
            .Answers(typeof(RunProgress));
        ApiRoute.Map(routes, ApiScope.ClusterAdmin, HttpMethods.Delete, Model + "/run", "Stop the training run", RunEndpoints.StopAsync)
            .Answers(typeof(RunProgress));
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Post, Model + "/consolidate", "Fold what was learned", VersionEndpoints.ConsolidateAsync)
            .Takes(QueryParameter.Id("level")).Answers(typeof(ConsolidationDocument));
    }

    public static void MapLevels(IEndpointRouteBuilder routes)
    {
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/levels", "The shared levels", ModelEndpoints.LevelsAsync)
            .Answers(typeof(IReadOnlyList<LevelDocument>));
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Level + "/version", "The newest version, as a frame", ModelEndpoints.VersionAsync)
            .AnswersMedia(ApiPaths.FrameMediaType);
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Level + "/versions", "Where versions came from", VersionEndpoints.ListAsync)
            .Takes(QueryParameter.Number("before"), QueryParameter.Number("count")).Answers(typeof(IReadOnlyList<VersionRecord>));
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Post, Level + "/rollback", "Publish a version again", VersionEndpoints.RollbackAsync)
            .Takes(QueryParameter.RequiredNumber("version"), QueryParameter.RequiredNumber("from")).Answers(typeof(LineageEntry));
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Post, Level + "/replay", "Fold what a version left out", VersionEndpoints.ReplayAsync)
            .Takes(QueryParameter.RequiredNumber("version")).Answers(typeof(LineageEntry));
    }

    public static void MapTenants(IEndpointRouteBuilder routes)
    {
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/tenants", "Tenants that taught the model, by name", TenantEndpoints.ListAsync)
            .Takes(QueryParameter.Id("prefix"), QueryParameter.Id("after"), QueryParameter.Number("count")).Answers(typeof(IReadOnlyList<string>));
        ApiRoute.Map(routes, ApiScope.TenantRead, HttpMethods.Get, Tenant, "What a memory learned", TenantEndpoints.StatusAsync)
            .Answers(typeof(MemoryDocument));
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Delete, Tenant, "Take a tenant out of the model", TenantEndpoints.ForgetAsync)
            .Answers(typeof(ForgetDocument));
        ApiRoute.Map(routes, ApiScope.TenantRead, HttpMethods.Get, Tenant + "/export", "Everything that is held of a tenant, as a tar archive", ExportEndpoint.RunAsync)
            .AnswersMedia(ExportArchive.MediaType);
        ApiRoute.Map(routes, ApiScope.TenantFeed, HttpMethods.Post, Tenant + "/events", "Teach a memory, a line for each event", LineFeed.RunAsync)
            .TakesMedia(ApiPaths.LinesMediaType)
            .Takes(QueryParameter.RequiredId("source"), QueryParameter.Number("after"))
            .AnswersMedia(ApiPaths.LinesMediaType, typeof(ReceiptDocument));
        ApiRoute.Map(routes, ApiScope.TenantFeed, HttpMethods.Get, Tenant + "/live", "Teach a memory over a WebSocket", LiveFeed.RunAsync)
            .Takes(QueryParameter.RequiredId("source"), QueryParameter.Number("after"))
            .BecomesSocket();
        ApiRoute.Map(routes, ApiScope.TenantFeed, HttpMethods.Post, Tenant + "/flush", "Wait until all is durable", TenantEndpoints.FlushAsync)
            .Takes(QueryParameter.RequiredId("source"), QueryParameter.Number("after"), QueryParameter.Number("ticket"))
            .Answers(typeof(ReceiptDocument));
        ApiRoute.Map(routes, ApiScope.TenantRead, HttpMethods.Post, Tenant + "/predict", "Ask a memory", TenantEndpoints.PredictAsync)
            .TakesMedia("application/json").Answers(typeof(PredictionsDocument));
        ApiRoute.Map(routes, ApiScope.TenantRead, HttpMethods.Post, Tenant + "/generate", "Go on with a text, an event for each piece", GenerationEndpoints.GenerateAsync)
            .Takes(typeof(GenerationDocument)).AnswersMedia(ApiPaths.EventStreamMediaType, typeof(GeneratedTextDocument));
    }

    public static void MapSchedules(IEndpointRouteBuilder routes)
    {
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Model + "/schedules", "The schedules", ScheduleEndpoints.ListAsync)
            .Answers(typeof(IReadOnlyList<ScheduleStatusDocument>));
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Put, Schedule, "Make a schedule, or replace it", ScheduleEndpoints.SetAsync)
            .Takes(typeof(ScheduleDocument)).AnswersNothing();
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Delete, Schedule, "Remove a schedule", ScheduleEndpoints.RemoveAsync)
            .AnswersNothing();
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Get, Schedule + "/runs", "The records of its runs", ScheduleEndpoints.RunsAsync)
            .Answers(typeof(IReadOnlyList<ScheduleRun>));
        ApiRoute.Map(routes, ApiScope.ModelAdmin, HttpMethods.Post, Schedule + "/run", "Run a schedule now", ScheduleEndpoints.RunAsync)
            .Takes(QueryParameter.Number("ticket")).Answers(typeof(ScheduleRun));
    }
}
