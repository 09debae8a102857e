using System.Net;
using System.Text.Json.Nodes;
using NestedLearning.Embedded;

namespace NestedLearning.Gateway.Tests;

/// <summary>Streams of events in, receipts out.</summary>
public class FeedTests
{
    [Fact]
    public async Task Events_SeveralBatches_AnswersWithAReceiptForEach()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync(configure: options => options.MaxBatchEvents = 10);

        HttpResponseMessage response = await gateway.FeedAsync(TestGateway.Lines(1, 25));

        Assert.Equal((HttpStatusCode.OK, "application/x-ndjson"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        JsonNode[] receipts = await TestGateway.LinesAsync(response);
        Assert.InRange(receipts.Length, 3, 25);
        Assert.Equal(25, receipts.Sum(receipt => receipt["learned"]!.GetValue<int>()));
        Assert.Equal(25, receipts[^1]["appliedThrough"]!.GetValue<int>());
        Assert.All(receipts, receipt => Assert.True(receipt["durableThrough"]!.GetValue<int>() <= receipt["appliedThrough"]!.GetValue<int>()));
        Assert.Equal(25, await gateway.LearnedAsync());
    }

    [Fact]
    public async Task Events_NoneAtAll_AnswersWhereTheSourceStands()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await gateway.FeedAsync(TestGateway.Lines(1, 5));

        JsonNode receipt = Assert.Single(await TestGateway.LinesAsync(await gateway.FeedAsync("\n \n")));

        Assert.Equal((5, 0), (receipt["appliedThrough"]!.GetValue<int>(), receipt["learned"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Events_Repeats_AreSkipped()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();

        await gateway.FeedAsync(TestGateway.Lines(1, 5) + "\n" + TestGateway.Lines(1, 8));
        await gateway.FeedAsync(TestGateway.Lines(4, 7));

        Assert.Equal(10, await gateway.LearnedAsync());
    }

    [Fact]
    public async Task Events_AfterOnesThatTheMemoryLacks_AreRefused()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await gateway.FeedAsync(TestGateway.Lines(1, 5));

        HttpResponseMessage response = await gateway.FeedAsync(TestGateway.Lines(9, 2), TestGateway.Events + "&after=8");

        JsonNode problem = await ProblemAssert.IsAsync(409, "events-missing", response);
        Assert.Equal((5, 8), (problem["appliedThrough"]!.GetValue<int>(), problem["expected"]!.GetValue<int>()));
        Assert.Equal(5, await gateway.LearnedAsync());
    }

    [Fact]
    public async Task Events_UnknownModel_IsToldBeforeAnythingIsRead()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();

        await ProblemAssert.IsAsync(404, "unknown-model", await gateway.FeedAsync("not even JSON"));
    }

    [Theory]
    [InlineData("oops", null, "not JSON at byte 1")]
    [InlineData("[]", null, "the line is an array")]
    [InlineData("""{"text":"a","label":"x"}""", "sequence", "'sequence' is missing")]
    [InlineData("""{"sequence":0,"text":"a","label":"x"}""", "sequence", "'sequence' is 0")]
    [InlineData("""{"sequence":1.5,"text":"a","label":"x"}""", "sequence", "'sequence' is 1.5")]
    [InlineData("""{"sequence":"7","text":"a","label":"x"}""", "sequence", "'sequence' is a string")]
    [InlineData("""{"sequence":7,"sequence":8,"text":"a","label":"x"}""", "sequence", "'sequence' is given twice")]
    [InlineData("""{"sequence":7,"label":"x"}""", "text", "neither 'text' nor 'features' is given")]
    [InlineData("""{"sequence":7,"text":"a"}""", "label", "label has 0 characters")]
    [InlineData("""{"sequence":7,"features":[1,1e99],"label":"x"}""", "features", "feature 1 of 'features' is 1e99")]
    [InlineData("""{"sequence":7,"features":{"64":1},"label":"x"}""", "features", "64")]
    public async Task Events_RefusedLine_IsNamedAndThoseBeforeItStay(string line, string? field, string detail)
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();

        JsonNode[] answers = await TestGateway.LinesAsync(
            await gateway.FeedAsync($"{TestGateway.Lines(1, 3)}\n\n{line}\n{TestGateway.Line(9)}"));

        Assert.Equal(3, answers[^2]["appliedThrough"]!.GetValue<int>());
        Assert.Equal(400, answers[^1]["status"]!.GetValue<int>());
        Assert.Equal((5, field), (answers[^1]["line"]!.GetValue<int>(), answers[^1]["field"]?.GetValue<string>()));
        Assert.Contains(detail, answers[^1]["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(3, await gateway.LearnedAsync());
    }

    [Fact]
    public async Task Events_FirstLineRefused_IsAnErrorOfTheRequest()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();

        JsonNode problem = await ProblemAssert.IsAsync(400, "invalid-line", await gateway.FeedAsync("oops"));

        Assert.Equal(1, problem["line"]!.GetValue<int>());
    }

    [Fact]
    public async Task Events_LineTooLong_IsRefusedWithoutTakingItIn()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync(configure: options => options.MaxLineBytes = 1024);
        string body = TestGateway.Line(1) + "\n" + TestGateway.Line(2, new string('a', 5_000_000));

        JsonNode[] answers = await TestGateway.LinesAsync(await gateway.FeedAsync(body));

        ProblemAssert.Is(413, "too-large", answers[^1]);
        Assert.Equal(2, answers[^1]["line"]!.GetValue<int>());
        Assert.Equal(1, await gateway.LearnedAsync());
    }

    [Fact]
    public async Task Predict_BodyTooLong_IsRefused()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync(configure: options => options.MaxBodyBytes = 1024);

        await ProblemAssert.IsAsync(413, "about:blank", await gateway.SendAsync("POST", TestGateway.Ann + "/predict", new string(' ', 2000)));
    }

    [Fact]
    public async Task Predict_TooManyInputs_AreRefused()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync(configure: options => options.MaxInputs = 1);

        await ProblemAssert.IsAsync(
            400, "invalid-input", await gateway.SendAsync("POST", TestGateway.Ann + "/predict", """{"inputs":[{"text":"a"},{"text":"b"}]}"""));
    }

    [Fact]
    public async Task Events_ServerRestartedOnItsStore_CountOnce()
    {
        MemoryTierStore store = new();
        await using (TestGateway first = await TestGateway.WithModelAsync(store))
        {
            await first.FeedAsync(TestGateway.Lines(1, 40));
        }

        await using TestGateway second = await TestGateway.WithModelAsync(store);
        await second.FeedAsync(TestGateway.Lines(1, 60));

        Assert.Equal(60, await second.LearnedAsync());
    }
}
