using System.Text.Json;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>The one place that says which error is which problem, in both directions.</summary>
public static class ApiProblems
{
    private const string Urn = "urn:nested-learning:";

    /// <summary>The server is about to stop; the same request goes to the next one.</summary>
    public static ApiProblem Stopping { get; } =
        new(Urn + "stopping", "The server is stopping", 503, "The server is stopping; what is not durable has to be sent again.");

    /// <summary>Something went wrong that the client cannot mend; it says nothing of the inside.</summary>
    public static ApiProblem Internal { get; } =
        new(Urn + "internal", "Internal error", 500, "The request failed inside the server; its log says why.");

    /// <summary>The problem that an error is to a client.</summary>
    public static ApiProblem From(Exception error) => error switch
    {
        InvalidIdException e => Bad("invalid-id", "Not a valid name", e) with { Field = e.Kind },
        EventRefusedException e => Bad("event-refused", "Event refused", e) with
        {
            Detail = e.Reason.Message,
            Sequence = e.Sequence,
            Field = (e.Reason as InvalidInputException)?.Field,
        },
        InvalidInputException e => Bad("invalid-input", "Input refused", e) with { Field = e.Field },
        SafetensorsException or InvalidModelFileException => Bad("invalid-model-file", "Not a file of a model", error),
        InvalidGenerationException e => Bad("invalid-generation", "No text can be generated", e) with { Violations = e.Violations },
        InvalidSpecException e => Bad("invalid-spec", "Model settings out of range", e) with { Violations = e.Violations },
        InvalidPolicyException e => Bad("invalid-policy", "Round policy out of range", e) with { Violations = e.Violations },
        InvalidScheduleException e => Bad("invalid-schedule", "Schedule not accepted", e) with { Violations = e.Violations },
        InvalidRunException e => Bad("invalid-run", "Run settings out of range", e) with { Violations = e.Violations },
        LineTooLongException e => Bad("too-large", "Too large", e) with { Status = 413, Detail = e.Problem, Line = e.Line },
        DataException e => Bad("invalid-line", "Line refused", e) with { Detail = e.Problem, Line = e.Line, Field = e.Field },
        JsonException e => Bad("invalid-json", "Not the JSON that is accepted", e) with { Line = e.LineNumber + 1, Field = e.Path },
        UnknownModelException e => Bad("unknown-model", "Unknown model", e) with { Status = 404, Model = e.Model.Value },
        UnknownTenantException e => Bad("unknown-tenant", "Unknown tenant", e) with { Status = 404, Model = e.Model.Value, Tenant = e.Tenant.Value },
        ExportOvertakenException e => Bad("export-overtaken", "The tenant was taken out", e) with { Status = 409, Level = e.Level.Value },
        UnknownLevelException e => Bad("unknown-level", "Unknown level", e) with
        {
            Status = 404,
            Level = e.Level.Value,
            Accepted = [.. e.Accepted.Select(level => level.Value)],
        },
        ModelConflictException e => Bad("model-conflict", "Model exists", e) with { Status = 409, Model = e.Model.Value },
        ImportOvertakenException e => Bad("import-overtaken", "A deletion came first", e) with { Status = 409, Model = e.Model.Value },
        UnknownRunException e => Bad("unknown-run", "Unknown run", e) with { Status = 404, Model = e.Model.Value },
        RunUnderWayException e => Bad("run-under-way", "Another run is under way", e) with { Status = 409, Model = e.Model.Value },
        UnreachableDataException e => Bad("unreachable-data", "Data out of reach", e),
        RunsNotSupportedException e => Bad("no-runs", "No training runs", e) with { Status = 501 },
        EventsMissingException e => Bad("events-missing", "Events are missing", e) with
        {
            Status = 409,
            AppliedThrough = e.AppliedThrough,
            Expected = e.Expected,
        },
        UnknownVersionException e => Bad("unknown-version", "Not a version for this", e) with
        {
            Status = 404,
            Level = e.Level.Value,
            Version = e.Version,
            Accepted = [e.Accepted],
        },
        VersionConflictException e => Bad("version-conflict", "There is a newer version", e) with
        {
            Status = 409,
            Level = e.Level.Value,
            Version = e.Current,
            Expected = e.Expected,
        },
        NotForgettableException e => Bad("not-forgettable", "The tenant cannot be taken out", e) with { Status = 409, Level = e.Level.Value },
        MemoriesFailedException e => Bad("memories-failed", "Some memories failed", e) with { Status = 500 },
        LevelBehindException e => Bad("level-behind", "Level lost updates", e) with
        {
            Status = 503,
            Level = e.Level.Value,
            AppliedThrough = e.DurableThrough,
            Expected = e.Expected,
        },
        BusyException e => Bad("busy", "Too much at once", e) with { Status = 429 },
        StoppingException => Stopping,
        UnknownScheduleException e => Bad("unknown-schedule", "Unknown schedule", e) with
        {
            Status = 404,
            Model = e.Schedule.Model.Value,
            Schedule = e.Schedule.Schedule.Value,
        },
        ScheduleBusyException e => Bad("schedule-busy", "Schedule is running", e) with
        {
            Status = 409,
            Model = e.Schedule.Model.Value,
            Schedule = e.Schedule.Schedule.Value,
        },
        StoreException { Problem: StoreProblem.Full } =>
            new ApiProblem(Urn + "store-full", "Store full", 503, "The server's store has no space left; what was durable still is."),
        StoreException { Problem: not StoreProblem.Damaged } =>
            new ApiProblem(Urn + "store-unavailable", "Store unavailable", 503, "The server's store cannot be used now; what was durable still is."),
        _ => Internal,
    };

    /// <summary>The error that a problem stands for; null for one that only its server can explain.</summary>
    /// <param name="problem">What the server answered.</param>
    /// <param name="server">Where, for errors of its store.</param>
    /// <exception cref="InvalidIdException">It names something by what is no name.</exception>
    public static NestedLearningException? ToError(ApiProblem problem, string server) => problem.Type.Replace(Urn, "", StringComparison.Ordinal) switch
    {
        "invalid-input" or "invalid-line" or "too-large" or "invalid-json" or "event-refused" =>
            new InvalidInputException(problem.Field ?? "line", problem.Detail),
        "invalid-model-file" => new InvalidModelFileException(problem.Detail),
        "invalid-generation" => new InvalidGenerationException(problem.Violations ?? []),
        "invalid-spec" => new InvalidSpecException(problem.Violations ?? []),
        "invalid-policy" => new InvalidPolicyException(problem.Violations ?? []),
        "invalid-schedule" => new InvalidScheduleException(problem.Violations ?? []),
        "invalid-run" => new InvalidRunException(problem.Violations ?? []),
        "unknown-run" => new UnknownRunException(new ModelId(problem.Model!)),
        "run-under-way" => new RunUnderWayException(new ModelId(problem.Model!)),
        "unreachable-data" => new UnreachableDataException(problem.Detail),
        "no-runs" => new RunsNotSupportedException(),
        "unknown-model" => new UnknownModelException(new ModelId(problem.Model!)),
        "unknown-tenant" when problem is { Model: { } model, Tenant: { } tenant } => new UnknownTenantException(new ModelId(model), new TenantId(tenant)),
        "export-overtaken" => new ExportOvertakenException(new LevelId(problem.Level!)),
        "unknown-level" => new UnknownLevelException(
            new LevelId(problem.Level!), [.. (problem.Accepted ?? []).Select(level => new LevelId(level))]),
        "model-conflict" => new ModelConflictException(new ModelId(problem.Model!)),
        "import-overtaken" => new ImportOvertakenException(new ModelId(problem.Model!)),
        "events-missing" => new EventsMissingException(problem.AppliedThrough ?? 0, problem.Expected ?? 0),
        "unknown-version" => new UnknownVersionException(
            new LevelId(problem.Level!), problem.Version ?? 0, string.Join(", ", problem.Accepted ?? [])),
        "version-conflict" => new VersionConflictException(new LevelId(problem.Level!), problem.Expected ?? 0, problem.Version ?? 0),
        "not-forgettable" => new NotForgettableException(new LevelId(problem.Level!)),
        "level-behind" => new LevelBehindException(new LevelId(problem.Level!), problem.AppliedThrough ?? 0, problem.Expected ?? 0),
        "unknown-schedule" => new UnknownScheduleException(ScheduleOf(problem)),
        "schedule-busy" => new ScheduleBusyException(ScheduleOf(problem)),
        "store-full" => new StoreException(StoreProblem.Full, server, problem.Detail),
        "store-unavailable" => new StoreException(StoreProblem.Unavailable, server, problem.Detail),
        _ => null,
    };

    private static ScheduleAddress ScheduleOf(ApiProblem problem) => new(new ModelId(problem.Model!), new ScheduleId(problem.Schedule!));

    private static ApiProblem Bad(string type, string title, Exception error) => new(Urn + type, title, 400, error.Message);
}
