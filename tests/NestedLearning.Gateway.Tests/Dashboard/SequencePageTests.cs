using System.Text.Json.Nodes;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>What pages show of sequence models: what texts and tokens cost them, where a classifier has right answers.</summary>
public sealed class SequencePageTests : IAsyncLifetime
{
    private const string Path = "/api/v1/models/hope";
    private const string Spec = """{"spec":{"$kind":"sequence","model":{"width":8,"blocks":1,"heads":2,"hidden":6,"periods":[1,2]},"training":{"length":7,"batch":2}}}""";

    private static readonly ModelId Model = new("hope");
    private static readonly TenantId Ann = new("ann");

    private TestGateway _gateway = null!;
    private DashboardVisitor _visitor = null!;

    public async Task InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        _visitor = new DashboardVisitor(_gateway.Url);
    }

    public async Task DisposeAsync()
    {
        _visitor.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Learning_Texts_DrawsWhatTheyCost()
    {
        await MakeAsync(Spec);
        await FeedAsync("to be or not to be", "that is the question", "whether tis nobler");
        await EvaluateAsync();

        string html = await _visitor.ReadAsync(PagePaths.Learning(Model));

        string text = DashboardVisitor.TextOf(html);
        Assert.Contains("Cost of texts just before being learned, in bits a byte", text, StringComparison.Ordinal);
        Assert.Matches(@"[5-9]\.\d{3} bits a byte of 3 events of all tenants", text);
        Assert.Matches("<path class=\"line tone-1\" d=\"M[0-9. ]+L[0-9. ]+", html); // At least two slices of so few texts.
        Assert.Matches(@"check [5-9]\.\d{3} bits a byte in the newest run", text);
        Assert.DoesNotContain("Predicted correctly", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryPage_Texts_ShowsTheSameCost()
    {
        await MakeAsync(Spec);
        await FeedAsync("to be or not to be", "that is the question");
        await EvaluateAsync();
        JsonNode memory = await TestGateway.JsonAsync(await _gateway.SendAsync("GET", $"{Path}/tenants/ann"));
        string cost = FormattableString.Invariant($"{memory["code"]!["bitsPerByte"]!.GetValue<double>():F3} bits a byte");

        Assert.Contains($"Cost before learning {cost}", await _visitor.ReadTextAsync(PagePaths.Model(Model)), StringComparison.Ordinal);
        Assert.Contains($"Cost before learning {cost}", await _visitor.ReadTextAsync(PagePaths.Tenant(Model, Ann)), StringComparison.Ordinal);
        Assert.Contains($"ann 2 {cost}", await _visitor.ReadTextAsync(PagePaths.Tenants(Model)), StringComparison.Ordinal);
        Assert.Matches($"ann .*slice 2.* {cost} 8 bits a byte 0", await _visitor.ReadTextAsync(PagePaths.Forgetting(Model)));
        Assert.Contains($"Cost before {cost}", await _visitor.ReadTextAsync(PagePaths.Root), StringComparison.Ordinal);
        Assert.Contains($"1 memory, 2 events, {cost} (", await _visitor.ReadTextAsync(PagePaths.Schedules(Model)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learning_TokensThatAreNoText_DrawsTheirLoss()
    {
        await MakeAsync("""{"spec":{"$kind":"sequence","tokenizer":null,"model":{"vocabulary":300,"width":8,"blocks":1,"heads":2,"hidden":6},"training":{"length":7,"batch":2}}}""");
        await _gateway.FeedAsync("""{"sequence":1,"tokens":[1,2,3,299]}""", $"{Path}/tenants/ann/events?source=test");

        string text = await _visitor.ReadTextAsync(PagePaths.Learning(Model));

        Assert.Matches(@"[4-7]\.\d{3} nats a token of 1 event of all tenants", text);
    }

    [Fact]
    public async Task Learning_NothingYet_SaysWhatWillBeSeen()
    {
        await MakeAsync(Spec);

        string text = await _visitor.ReadTextAsync(PagePaths.Learning(Model));

        Assert.Contains("what its texts and tokens cost it just before it learns them", text, StringComparison.Ordinal);
    }

    private async Task MakeAsync(string document) =>
        Assert.Equal("", await (await _gateway.SendAsync("PUT", Path, document)).Content.ReadAsStringAsync());

    /// <summary>Feeds texts one by one, as they come in live.</summary>
    private async Task FeedAsync(params string[] texts)
    {
        foreach ((int i, string text) in texts.Index())
        {
            string line = new JsonObject { ["sequence"] = i + 1, ["text"] = text }.ToJsonString();
            await (await _gateway.FeedAsync(line, $"{Path}/tenants/ann/events?source=test")).Content.ReadAsStringAsync();
        }
    }

    private async Task EvaluateAsync()
    {
        await _gateway.SendAsync("PUT", Path + "/schedules/check", """{"action":"evaluate","cron":"0 6 * * *"}""");
        Assert.True((await _gateway.SendAsync("POST", Path + "/schedules/check/run")).IsSuccessStatusCode);
    }
}
