using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <content>Taking along what is held of a tenant.</content>
public abstract partial class LearningClusterTests
{
    private static readonly RoundPolicy Kept = new() { Forgettable = true, KeptRounds = 2, Gate = new GatePolicy { MaxRegression = 1, MinAgreement = 0 } };

    [Fact]
    public async Task ExportTenantAsync_TenantThatWasFed_HasAllThatIsHeldOfIt()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Kept);
        await FeedAsync(cluster, "a", Events(1, 60));
        await FlushAsync(cluster, "a");
        await FeedAsync(cluster, "a", Events(61, 3)); // not sent up

        ExportedTenant export = await ExportAsync(cluster, "a");

        JsonNode memory = export.Json("memory.json");
        Assert.Equal((63, 63), (memory["learned"]!.GetValue<int>(), memory["sources"]![0]!["appliedThrough"]!.GetValue<int>()));
        Assert.Equal(("client", 60), (memory["sources"]![0]!["source"]!.GetValue<string>(), memory["sources"]![0]!["durableThrough"]!.GetValue<int>()));
        Assert.Equal("classifier", export.Json("model.json")["spec"]!["$kind"]!.GetValue<string>());
        Assert.NotEmpty(export.Tensors("memory.safetensors").Tensors);

        JsonNode level = export.Json("levels/slow/level.json");
        Assert.Equal(60, level["events"]!.GetValue<int>());
        Assert.Equal(level["durableThrough"]!.GetValue<int>(), level["updates"]!.GetValue<int>());
        Assert.Equal(60, level["lineage"]!.AsArray().Sum(entry => entry!["folded"]![0]!["events"]!.GetValue<int>()));
        Assert.Equal(24, level["probes"]!.GetValue<int>()); // eight of each of three classes
        Assert.Equal(24, Texts(export.Tensors("levels/slow/probes.safetensors"), "texts/labels").Length);

        string[] updates = [.. export.Updates.OrderBy(name => export.Number(name, "sequence"))];
        Assert.Equal(updates.Length, level["updates"]!.GetValue<int>());
        Assert.Equal(Enumerable.Range(1, updates.Length), updates.Select(name => export.Number(name, "sequence")));
        Assert.All(updates, name => Assert.Equal(("a", "slow", "version"), (export.Text(name, "tenant"), export.Text(name, "level"), export.Text(name, "place"))));
        Assert.Equal(Events(1, 60).Select(given => given.Label), updates.SelectMany(name => Texts(export.Tensors(name), "event-labels")));
        foreach ((string name, LearningEvent[] given) in updates.Zip(Events(1, 60).Chunk(5)))
        {
            SafetensorsReader update = export.Tensors(name);
            float[] values = update.Read(update.Find("keys/values")!);
            float[] expected = [.. given.SelectMany(one => ((FeatureInput)one.Input).Features.Values.ToArray())];
            Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 0.01f));
        }
    }

    [Fact]
    public async Task ExportTenantAsync_OtherTenants_AreInNoFile()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Kept);
        SourceId source = new("hidden-source");
        LearningEvent[] hidden = [.. Events(1, 40).Select(given => given with { Label = $"hidden-{given.Label}" })];
        await cluster.FeedAsync(Memory("hidden-tenant"), source, hidden, default);
        await cluster.FlushAsync(Memory("hidden-tenant"), source, default);
        await FeedAsync(cluster, "a", Events(1, 40));
        await FlushAsync(cluster, "a");

        ExportedTenant export = await ExportAsync(cluster, "a");

        Assert.All(export.Files, file => Assert.DoesNotContain("hidden", Encoding.Latin1.GetString(file.Content.Span), StringComparison.Ordinal));
        Assert.Equal(40, export.Json("levels/slow/level.json")["events"]!.GetValue<int>());
        ExportedTenant other = await ExportAsync(cluster, "hidden-tenant");
        Assert.Contains(other.Updates, name => Texts(other.Tensors(name), "event-labels").Contains("hidden-class-1"));
    }

    [Fact]
    public async Task ExportTenantAsync_NobodyKnowsTheTenant_SaysSo()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Kept);
        await FeedAsync(cluster, "a", Events(1, 3));

        UnknownTenantException error = await Assert.ThrowsAsync<UnknownTenantException>(async () => await ExportAsync(cluster, "b"));

        Assert.Equal((Model, new TenantId("b")), (error.Model, error.Tenant));
        await Assert.ThrowsAsync<UnknownModelException>(
            async () => await cluster.ExportTenantAsync(new ModelId("none"), new TenantId("a"), default).ToListAsync());
        Assert.Equal(3, (await ExportAsync(cluster, "a")).Json("memory.json")["learned"]!.GetValue<int>());
    }

    [Fact]
    public async Task ExportTenantAsync_ForgottenTenant_HasNothingOfWhatItFed()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Kept);
        foreach (string tenant in new[] { "a", "b" })
        {
            await FeedAsync(cluster, tenant, Events(1, 40));
            await FlushAsync(cluster, tenant);
        }

        await cluster.ForgetAsync(Model, new TenantId("a"), default);
        ExportedTenant export = await ExportAsync(cluster, "a");

        Assert.Empty(export.Updates);
        Assert.All(export.Files, file => Assert.DoesNotContain("class-", Encoding.Latin1.GetString(file.Content.Span), StringComparison.Ordinal));
        Assert.Equal((0, 0), (export.Json("memory.json")["learned"]!.GetValue<int>(), export.Json("levels/slow/level.json")["probes"]!.GetValue<int>()));
        Assert.Equal(40, (await ExportAsync(cluster, "b")).Json("levels/slow/level.json")["events"]!.GetValue<int>());
    }

    [Fact]
    public async Task ExportTenantAsync_RolledBackAndOpenRound_SaysWhereUpdatesAre()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(new RoundPolicy { Forgettable = true, MinContributors = 2 });
        foreach (int first in new[] { 1, 6 })
        {
            await FeedAsync(cluster, "a", Events(first, 5));
            await FeedAsync(cluster, "b", Events(first, 5));
            await Task.WhenAll(FlushAsync(cluster, "a").AsTask(), FlushAsync(cluster, "b").AsTask());
        }

        LevelStatus level = await LevelAsync(cluster);
        await cluster.RollbackAsync(Model, Slow, level.Version - 1, level.Version, default);
        await FeedAsync(cluster, "a", Events(11, 6)); // The sixth begins the next period, and so sends the five before.
        await UntilAsync(async () => (await LevelAsync(cluster)).RoundContributors == 1);

        ExportedTenant export = await ExportAsync(cluster, "a");

        string[] updates = [.. export.Updates.Where(name => name.StartsWith("levels/", StringComparison.Ordinal)).OrderBy(name => export.Number(name, "sequence"))];
        Assert.Equal("round", export.Text(updates[^1], "place"));
        Assert.Contains(updates, name => export.Text(name, "place") == "quarantine");
        Assert.Contains(updates, name => export.Text(name, "place") == "version");
        Assert.Equal(15, updates.Sum(name => export.Number(name, "events")));
    }

    [Fact]
    public async Task ExportTenantAsync_FedMeanwhile_IsOfTheMomentOfItsBeginning()
    {
        await using ILearningCluster cluster = await OpenWithModelAsync(Kept);
        await FeedAsync(cluster, "a", Events(1, 20));
        await FlushAsync(cluster, "a");
        List<ExportedFile> files = [];
        await foreach (ExportedFile file in cluster.ExportTenantAsync(Model, new TenantId("a"), default))
        {
            if (files.Count == 0)
            {
                await FeedAsync(cluster, "a", Events(21, 20));
                await FlushAsync(cluster, "a");
            }

            files.Add(file);
        }

        ExportedTenant export = new(files);
        Assert.Equal(20, export.Json("memory.json")["learned"]!.GetValue<int>());
        Assert.Equal(20, export.Updates.Sum(name => export.Number(name, "events")));
        Assert.Equal(40, (await cluster.GetMemoryAsync(Memory("a"), default)).Learned);
    }

    private static async Task<ExportedTenant> ExportAsync(ILearningCluster cluster, string tenant)
    {
        List<ExportedFile> files = await cluster.ExportTenantAsync(Model, new TenantId(tenant), default).ToListAsync();
        ExportManifest manifest = ExportManifest.Read(files[^1]);
        Assert.Equal(("nested-learning/tenant", 1, Model.Value, tenant), (manifest.Format, manifest.Version, manifest.Model, manifest.Tenant));
        Assert.Equal(
            files.SkipLast(1).Select(file => new ManifestEntry(file.Name, file.Content.Length, Convert.ToHexStringLower(SHA256.HashData(file.Content.Span)))),
            manifest.Files);
        return new ExportedTenant(files);
    }

    private static string[] Texts(SafetensorsReader file, string name) => JsonSerializer.Deserialize<string[]>(file.Metadata[name])!;

    /// <summary>The files of an export, read by the format of each.</summary>
    private sealed record ExportedTenant(IReadOnlyList<ExportedFile> Files)
    {
        /// <summary>The updates, wherever they are.</summary>
        public IEnumerable<string> Updates => Files.Select(file => file.Name).Where(name => name.Contains("/updates/", StringComparison.Ordinal) || name.StartsWith("outbox/", StringComparison.Ordinal));

        public JsonNode Json(string name) => JsonNode.Parse(Content(name).Span)!;

        public SafetensorsReader Tensors(string name) => new(new MemoryStream(Content(name).ToArray()));

        public string Text(string name, string field) => Tensors(name).Metadata[field];

        public int Number(string name, string field) => int.Parse(Text(name, field), CultureInfo.InvariantCulture);

        private ReadOnlyMemory<byte> Content(string name) => Assert.Single(Files, file => file.Name == name).Content;
    }
}
