using System.Text.Json;
using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Api;

/// <summary>An error that went over HTTP as a problem is the same error on the other side.</summary>
public class ApiProblemsTests
{
    private static readonly ModelId Model = new("m");

    public static TheoryData<NestedLearningException, int> Errors => new()
    {
        { new InvalidInputException("text", "is too long", "less"), 400 },
        { new InvalidSpecException(["Ridge is 0", "Features is 1"]), 400 },
        { new InvalidPolicyException(["MaxWait is 0"]), 400 },
        { new UnknownModelException(Model), 404 },
        { new UnknownLevelException(new LevelId("deep"), [new LevelId("slow"), new LevelId("slower")]), 404 },
        { new ModelConflictException(Model), 409 },
        { new EventsMissingException(5, 8), 409 },
        { new UnknownVersionException(new LevelId("slow"), 3, "1 to 2, 5"), 404 },
        { new NotForgettableException(new LevelId("slow")), 409 },
        { new VersionConflictException(new LevelId("slow"), 3, 5), 409 },
        { new LevelBehindException(new LevelId("slow"), 2, 7), 503 },
        { new InvalidScheduleException(["Cron is x", "Keep is 0"]), 400 },
        { new UnknownScheduleException(new ScheduleAddress(Model, new ScheduleId("s"))), 404 },
        { new ScheduleBusyException(new ScheduleAddress(Model, new ScheduleId("s"))), 409 },
        { new InvalidRunException(["Workers is 0"]), 400 },
        { new UnknownRunException(Model), 404 },
        { new RunUnderWayException(Model), 409 },
        { new UnreachableDataException("d: no such file"), 400 },
        { new RunsNotSupportedException(), 501 },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void ToError_FromError_IsTheSame(NestedLearningException error, int status)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(ApiProblems.From(error), ApiJson.Default.ApiProblem);
        ApiProblem problem = JsonSerializer.Deserialize(json, ApiJson.Default.ApiProblem)!;

        NestedLearningException back = ApiProblems.ToError(problem, "server")!;

        Assert.Equal((status, error.GetType(), error.Message), (problem.Status, back.GetType(), back.Message));
    }

    [Theory]
    [InlineData(StoreProblem.Full, "store-full")]
    [InlineData(StoreProblem.Unavailable, "store-unavailable")]
    [InlineData(StoreProblem.Conflict, "store-unavailable")]
    [InlineData(StoreProblem.Damaged, "internal")]
    public void From_StoreError_KeepsItsPlaceToItself(StoreProblem problem, string type)
    {
        ApiProblem answer = ApiProblems.From(new StoreException(problem, "/some/place", "went wrong"));

        Assert.EndsWith(type, answer.Type, StringComparison.Ordinal);
        Assert.DoesNotContain("place", answer.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void From_RefusedLine_HasTheLineAndTheField()
    {
        ApiProblem problem = ApiProblems.From(new DataException("body", 7, "'label' is missing") { Field = "label" });

        Assert.Equal((400, 7L, "label", "'label' is missing"), (problem.Status, problem.Line, problem.Field, problem.Detail));
    }
}
