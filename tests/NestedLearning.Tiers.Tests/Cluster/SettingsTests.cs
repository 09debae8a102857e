using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Cluster;

public class SettingsTests
{
    [Fact]
    public void ToJson_ReadBack_IsEqual()
    {
        ModelSettings settings = new(
            new ClassifierSpec { Features = 512, Ridge = 0.3f, FastRate = 0.7f, OneSidedTargets = false, Period = 9, PeriodGrowth = 0.25, MaxPeriod = 12, MaxClasses = 7, HalfLife = 77 },
            new RoundPolicy { MinContributors = 3, MaxWait = TimeSpan.FromSeconds(1.5), Synchronous = true, MaxInFlight = 2, VersionEncoding = FloatEncoding.Int8, MaxStaleness = 3, StalenessDiscount = 0.5, MaxEventsPerSource = 7 });
        Assert.Equal(settings, ModelSettings.FromJson(settings.ToJson()));
    }

    [Fact]
    public void IsAskedFor_OfAnImportedModel_LooksAtWhatItBeganWithAndNotWhen()
    {
        ModelSettings settings = new(new ClassifierSpec(), new RoundPolicy());
        ModelSettings imported = settings with { Initial = "a", ImportedAt = DateTimeOffset.UnixEpoch };

        Assert.Equal(imported, ModelSettings.FromJson(imported.ToJson()));
        Assert.True(imported.IsAskedFor(imported with { ImportedAt = DateTimeOffset.MaxValue }));
        Assert.True(imported.IsAskedFor(settings));
        Assert.False(imported.IsAskedFor(imported with { Initial = "b" }));
        Assert.False(settings.IsAskedFor(imported));
        Assert.False(imported.IsAskedFor(settings with { Spec = new ClassifierSpec { Ridge = 1 } }));
    }

    [Fact]
    public void FromJson_RulesForLateUpdatesLeftOut_AreOff()
    {
        JsonNode left = JsonNode.Parse(new ModelSettings(new ClassifierSpec(), new RoundPolicy()).ToJson())!;
        foreach (string setting in new[] { "MaxStaleness", "StalenessDiscount", "MaxEventsPerSource" })
        {
            Assert.True(left["Policy"]!.AsObject().Remove(setting));
        }

        Assert.Equal(new RoundPolicy(), ModelSettings.FromJson(Encoding.UTF8.GetBytes(left.ToJsonString())).Policy);
    }

    [Fact]
    public void ToJson_EncodingsOfUpdates_ComeBackAndHaveDefaults()
    {
        ModelSettings settings = new(
            new ClassifierSpec(),
            new RoundPolicy { Updates = new UpdateEncodings(StatisticsForm.Sums, FloatEncoding.Int4, true, TensorEncoding.TopKInt2, 16, 99) });
        string json = Encoding.UTF8.GetString(settings.ToJson());
        Assert.Equal(settings, ModelSettings.FromJson(Encoding.UTF8.GetBytes(json)));

        JsonNode left = JsonNode.Parse(json)!;
        left["Policy"]!.AsObject().Remove("Updates");
        Assert.Equal(new UpdateEncodings(), ModelSettings.FromJson(Encoding.UTF8.GetBytes(left.ToJsonString())).Policy.Updates);
        left["Policy"]!["Updates"] = JsonNode.Parse("{\"Dense\":\"Int4\"}");
        Assert.Equal(
            new UpdateEncodings(Dense: TensorEncoding.Int4), ModelSettings.FromJson(Encoding.UTF8.GetBytes(left.ToJsonString())).Policy.Updates);
    }

    [Fact]
    public void ToJson_NamesItsKindOfModel()
    {
        string json = Encoding.UTF8.GetString(new ModelSettings(new ClassifierSpec(), new RoundPolicy()).ToJson());
        Assert.Contains("\"$kind\": \"classifier\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Levels", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"Spec\":{\"$kind\":\"other\"},\"Policy\":{}}")]
    public void FromJson_SomethingElse_IsRefused(string json) =>
        Assert.Throws<JsonException>(() => ModelSettings.FromJson(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void RoundPolicy_EverythingWrong_ListsEverySetting()
    {
        RoundPolicy policy = new()
        {
            MinContributors = 0,
            MaxWait = TimeSpan.FromDays(31),
            MaxInFlight = 65,
            VersionEncoding = (FloatEncoding)9,
            MaxStaleness = -1,
            StalenessDiscount = 0,
            MaxEventsPerSource = 0,
        };
        Assert.Equal(7, Assert.Throws<InvalidPolicyException>(policy.Validate).Violations.Count);
        new RoundPolicy().Validate();
    }

    [Fact]
    public void StateKey_OfIds_IsReadBackFromItsText()
    {
        ModelId model = new("m-1");
        StateKey[] keys =
        [
            StateKey.Memory(model, new TenantId(new string('t', 128))),
            StateKey.Consolidator(model, ClassifierSpec.SlowLevel),
            StateKey.ConsolidatorBase(model, ClassifierSpec.SlowLevel, long.MaxValue),
            StateKey.Spec(model),
            StateKey.Run(model),
            StateKey.TrainingRun(model),
        ];
        Assert.Equal(keys, keys.Select(key => StateKey.Parse(key.Value)));
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/m")]
    [InlineData("m//x")]
    [InlineData("m/../x")]
    [InlineData("m/X")]
    public void StateKey_NotOfIds_IsRefused(string text) => Assert.Throws<InvalidIdException>(() => StateKey.Parse(text));

    [Fact]
    public void StateKey_OfIdsWithoutText_IsRefused()
    {
        Assert.Throws<InvalidIdException>(() => StateKey.Spec(default));
        Assert.Throws<InvalidIdException>(() => StateKey.Memory(new ModelId("m"), default));
    }
}
