using System.Text;
using System.Text.Json;
using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Api;

public class ModelDocumentTests
{
    [Fact]
    public void Parse_SettingsLeftOut_HaveTheirDefaults() =>
        Assert.Equal(
            new ModelDocument(new ClassifierSpec { Ridge = 2 }, new RoundPolicy()),
            Parse("""{"spec":{"ridge":2,"$kind":"classifier"}}"""));

    [Fact]
    public void Parse_WholeDocument_IsTheSame()
    {
        ModelDocument document = new(
            new ClassifierSpec { Features = 64, OneSidedTargets = false, PeriodGrowth = 0.25, MaxPeriod = 77, HalfLife = 9000 },
            new RoundPolicy { MinContributors = 3, MaxWait = TimeSpan.FromSeconds(1.5), VersionEncoding = FloatEncoding.Int8 });

        Assert.Equal(document, ModelDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Default.ModelDocument)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"spec":{"$kind":"classifier","ridge":"2"}}""")]
    [InlineData("""{"spec":{"$kind":"classifier","rigde":2}}""")]
    [InlineData("""{"spec":{"$kind":"classifier"},"spec":{"$kind":"classifier"}}""")]
    [InlineData("""{"spec":{"$kind":"classifier"},"policy":7}""")]
    [InlineData("""{"spec":{"$kind":"classifier"},"more":7}""")]
    public void Parse_NotADocument_IsRefused(string json) => Assert.ThrowsAny<JsonException>(() => Parse(json));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"spec":null}""")]
    [InlineData("""{"spec":{}}""")]
    [InlineData("""{"spec":{"$kind":7}}""")]
    [InlineData("""{"spec":{"$kind":"oracle"}}""")]
    public void Parse_NoKind_NamesTheSpec(string json) =>
        Assert.Equal("spec", Assert.Throws<InvalidInputException>(() => Parse(json)).Field);

    private static ModelDocument Parse(string json) => ModelDocument.Parse(Encoding.UTF8.GetBytes(json));
}
