using System.Net;
using Microsoft.Extensions.Configuration;
using NestedLearning.Grains;
using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Tests.Configuration;

public sealed class SettingsTests
{
    [Fact]
    public void Read_NothingSet_OneLocalSiloWithItsStateInMemory()
    {
        SiloSettings settings = Read();

        Assert.Equal(ClusteringKind.Localhost, settings.Clustering.Kind);
        Assert.Equal(StorageKind.Memory, settings.Storage.Kind);
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 5080), settings.Api.Endpoint);
        Assert.False(settings.Dashboard.IsEnabled);
        Assert.True(IPAddress.IsLoopback(settings.Dashboard.Endpoint.Address));
        Assert.True(settings.Machine.MemoryGib > 0);
    }

    [Fact]
    public void Read_EverySettingOfACluster_IsTaken()
    {
        SiloSettings settings = Read(
            ("Clustering:Kind", "postgresql"),
            ("Clustering:ClusterId", "blue"),
            ("Clustering:ConnectionString", "Host=db;Database=nl;Username=nl"),
            ("Endpoints:SiloPort", "1111"),
            ("Endpoints:ClientPort", "0"),
            ("Endpoints:AdvertisedAddress", "10.0.0.7"),
            ("Endpoints:ListenOnAny", "true"),
            ("Storage:Kind", "AzureBlob"),
            ("Storage:ConnectionString", "UseDevelopmentStorage=true"),
            ("Storage:Container", "states"),
            ("Api:Url", "http://0.0.0.0:8080"),
            ("Api:MaxInputs", "7"),
            ("Api:KeysFile", "/keys/keys.json"),
            ("Training:Folders", "/data/sets; /mnt/a/../b"),
            ("Training:Addresses", "https://data.example.org/sets/"),
            ("Training:MaxMib", "7"),
            ("Machine:Compute", "cuda"),
            ("Machine:MemoryGib", "80"),
            ("Lifetime:StopDrain", "00:01:00"));

        Assert.Equal("blue", settings.Clustering.ClusterId);
        Assert.Equal(new EndpointSettings(1111, 0, IPAddress.Parse("10.0.0.7"), ListensOnAny: true), settings.Endpoints);
        Assert.Equal("states", settings.Storage.Container);
        Assert.Equal(new IPEndPoint(IPAddress.Any, 8080), settings.Api.Endpoint);
        Assert.Equal((7, "/keys/keys.json", false), (settings.Api.Limits.MaxInputs, settings.Api.Limits.KeysFile, settings.Api.Limits.IsPublic));
        Assert.Equal((ComputeKinds.Cuda, 80), (settings.Machine.Compute, settings.Machine.MemoryGib));
        Assert.Equal(["/data/sets", "/mnt/b"], settings.Tiers.Training.Folders);
        Assert.Equal([new Uri("https://data.example.org/sets/")], settings.Tiers.Training.Addresses);
        Assert.Equal(7 << 20, settings.Tiers.Training.Limits.MaxBytes);
        Assert.Equal(TimeSpan.FromSeconds(80), settings.Lifetime.Stop);
    }

    [Fact]
    public void Read_SeveralNotAccepted_EachIsNamedWithWhatIsAccepted()
    {
        IReadOnlyList<string> violations = Violations(
            ("Clustering:Kind", "Redis"), ("Endpoints:SiloPort", "70000"), ("Dashboard:Enabled", "yes"), ("Lifetime:StopDrain", "20"));

        Assert.Equal(
        [
            "NestedLearning:Clustering:Kind is 'Redis'; accepted: Localhost, PostgreSql.",
            "NestedLearning:Endpoints:SiloPort is '70000'; accepted: 1 to 65535.",
            "NestedLearning:Dashboard:Enabled is 'yes'; accepted: True, False.",
            "NestedLearning:Lifetime:StopDrain is '20'; accepted: 00:00:00 to 00:10:00.",
        ],
            violations);
    }

    [Fact]
    public void Read_MisspeltSetting_IsNamed() =>
        Assert.Equal(["NestedLearning:Clustring:Kind is no setting."], Violations(("Clustring:Kind", "PostgreSql")));

    [Fact]
    public void Read_EmptyValue_CountsAsNotSet() => Assert.Equal(11_111, Read(("Endpoints:SiloPort", "")).Endpoints.SiloPort);

    [Theory]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://example.org:5080")]
    [InlineData("http://127.0.0.1:5080/path")]
    [InlineData("127.0.0.1:5080")]
    public void Read_UrlThatCannotBeListenedOn_IsRefused(string url) =>
        Assert.StartsWith($"NestedLearning:Api:Url is '{url}'; accepted: ", Assert.Single(Violations(("Api:Url", url))));

    [Fact]
    public void Read_AddressOfOthersWithoutKeys_HasToBeMeant()
    {
        Assert.StartsWith(
            "NestedLearning:Api:Url is not of this machine alone", Assert.Single(Violations(("Api:Url", "http://0.0.0.0:8080"))), StringComparison.Ordinal);
        Assert.True(Read(("Api:Url", "http://0.0.0.0:8080"), ("Api:Public", "True")).Api.Limits.IsPublic);
    }

    [Fact]
    public void Read_PortUsedTwice_IsRefused() => Assert.Equal(
        ["NestedLearning:Api:Url has port 11111, which is the port of Endpoints:SiloPort too."],
        Violations(("Api:Url", "http://127.0.0.1:11111")));

    [Fact]
    public void Read_AddressOfALocalCluster_IsRefused() => Assert.Equal(
        ["NestedLearning:Endpoints:AdvertisedAddress is set, but Clustering:Kind is Localhost."],
        Violations(("Endpoints:AdvertisedAddress", "10.0.0.7")));

    [Theory]
    [InlineData("", "is not set; PostgreSQL needs it")]
    [InlineData("Database=nl", "names no Host")]
    [InlineData("Host=db;Pasword=secret", "is no connection string of PostgreSQL")]
    public void Read_DatabaseThatCannotBeMeant_IsRefusedWithoutShowingIt(string connectionString, string reason)
    {
        string violation = Assert.Single(Violations(("Clustering:Kind", "PostgreSql"), ("Clustering:ConnectionString", connectionString)));

        Assert.StartsWith("NestedLearning:Clustering:ConnectionString " + reason, violation);
        Assert.DoesNotContain("secret", violation);
    }

    [Theory]
    [InlineData("", "", "Storage:ConnectionString is not set, nor is Storage:ServiceUri")]
    [InlineData("AccountKey=secret", "", "Storage:ConnectionString is no connection string")]
    [InlineData("", "https://name.blob.core.windows.net/", "Storage:ServiceUri is no address with a shared access signature")]
    [InlineData("UseDevelopmentStorage=true", "https://name.blob.core.windows.net/?sig=secret", "Storage:ServiceUri is set, and so is")]
    public void Read_AccountThatCannotBeMeant_IsRefusedWithoutShowingIt(string connectionString, string uri, string reason)
    {
        string violation = Assert.Single(Violations(
            ("Storage:Kind", "AzureBlob"), ("Storage:ConnectionString", connectionString), ("Storage:ServiceUri", uri)));

        Assert.StartsWith("NestedLearning:" + reason, violation);
        Assert.DoesNotContain("secret", violation);
    }

    [Fact]
    public void Read_Tiers_AreTaken()
    {
        TierSiloOptions options = new();

        Read(("Tiers:MaxResidentMib", "64"), ("Tiers:MaxResidentMemories", "7"), ("Tiers:IdleTime", "01:00:00")).Tiers.ApplyTo(options);

        Assert.Equal((64L << 20, 7, TimeSpan.FromHours(1)), (options.MaxResidentMemoryBytes, options.MaxResidentMemories, options.IdleTime));
    }

    [Fact]
    public void Read_TiersNotSet_KeepTheirOwnDefaults()
    {
        TierSiloOptions options = new() { FoldThreads = 3, MaxResidentMemoryBytes = 1L << 30 };

        Read().Tiers.ApplyTo(options);

        Assert.Equal((3, 1L << 30), (options.FoldThreads, options.MaxResidentMemoryBytes));
    }

    [Theory]
    [InlineData("Tiers:MaxResidentMib", "8")]
    [InlineData("Tiers:IdleTime", "00:01:00")]
    public void Read_TiersOutOfRange_AreRefused(string key, string value) =>
        Assert.StartsWith($"NestedLearning:{key} is '{value}'; accepted: ", Assert.Single(Violations((key, value))));

    [Fact]
    public void Read_Placement_IsTakenForEachModel()
    {
        SiloSettings settings = Read(("Placement:ModelCompute:mail", "cuda"), ("Placement:DefaultCompute", "cpu"), ("Placement:Fallback", "Refuse"));
        TierPlacementOptions options = new();

        settings.Placement.ApplyTo(options);

        Assert.Equal((ComputeKinds.Cpu, PlacementFallback.Refuse), (options.DefaultCompute, options.Fallback));
        Assert.Equal([KeyValuePair.Create("mail", ComputeKinds.Cuda)], options.ModelCompute);
    }

    [Fact]
    public void Read_PlacementOfNoModel_IsRefused() => Assert.Contains(
        "NestedLearning:Placement:ModelCompute:No Model names no model: ",
        Assert.Single(Violations(("Placement:ModelCompute:No Model", "cuda"))));

    [Fact]
    public void ToMetadata_NothingSet_DeclaresNoStorage() =>
        Assert.Equal([SiloMetadataKeys.Compute, SiloMetadataKeys.MemoryGib], Read().Machine.ToMetadata().Keys.Order());

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("-states")]
    [InlineData("two--dashes")]
    public void Read_NameNoContainerMayHave_IsRefused(string name) =>
        Assert.StartsWith("NestedLearning:Storage:Container is ", Assert.Single(Violations(("Storage:Container", name))));

    [Theory]
    [InlineData("Training:Folders", "data")]
    [InlineData("Training:Folders", "/data;more")]
    [InlineData("Training:Addresses", "/data")]
    [InlineData("Training:Addresses", "https://data.example.org/sets")]
    [InlineData("Training:Addresses", "ftp://data.example.org/")]
    [InlineData("Training:Addresses", "https://name:word@data.example.org/")]
    public void Read_DataThatNothingIsBelow_IsRefused(string key, string value) =>
        Assert.StartsWith($"NestedLearning:{key} is '{value}'; accepted: ", Assert.Single(Violations((key, value))));

    internal static SiloSettings Read(params (string Key, string Value)[] settings) => SiloSettings.Read(Configuration(settings));

    private static IReadOnlyList<string> Violations(params (string Key, string Value)[] settings) =>
        Assert.Throws<InvalidSettingsException>(() => Read(settings)).Violations;

    private static IConfiguration Configuration((string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create($"{SiloSettings.Section}:{pair.Key}", (string?)pair.Value)))
        .Build();
}
