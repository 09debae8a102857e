using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace NestedLearning.Grains.Tests.Placement;

public sealed class TierPlacementExtensionsTests
{
    [Fact]
    public void AddTierPlacement_NothingSet_HasDefaults()
    {
        BareSiloBuilder builder = new();
        builder.AddTierPlacement();

        TierPlacementOptions options = OptionsOf<TierPlacementOptions>(builder);

        Assert.Equal(ComputeKinds.Any, options.DefaultCompute);
        Assert.Equal(PlacementFallback.AnySilo, options.Fallback);
        Assert.Empty(options.ModelCompute);
    }

    [Fact]
    public void AddTierPlacement_SeveralBadOptions_ReportsAllAtOnce()
    {
        BareSiloBuilder builder = new();
        builder.AddTierPlacement(options =>
        {
            options.DefaultCompute = "gpu";
            options.ModelCompute.Add("News", ComputeKinds.Cuda);
            options.ModelCompute.Add("mail", "tpu");
            options.Fallback = (PlacementFallback)7;
        });

        OptionsValidationException error =
            Assert.Throws<OptionsValidationException>(() => OptionsOf<TierPlacementOptions>(builder));

        Assert.Equal(
            [
                "DefaultCompute is 'gpu', accepted: any, cpu, cuda",
                "ModelCompute: 'News' is not a valid model: accepted are 1 to 64 of a-z, 0-9 and '-'",
                "ModelCompute['mail'] is 'tpu', accepted: any, cpu, cuda",
                "Fallback is 7, accepted: AnySilo, Refuse",
            ],
            error.Failures);
    }

    [Fact]
    public void AddTierPlacement_BadDeclarations_ReportsAllAtOnce()
    {
        BareSiloBuilder builder = new();
        builder.UseSiloMetadata(new Dictionary<string, string>
        {
            [SiloMetadataKeys.Compute] = "gpu",
            [SiloMetadataKeys.Storage] = "here",
            [SiloMetadataKeys.MemoryGib] = "80GiB",
        });
        builder.AddTierPlacement();

        OptionsValidationException error = Assert.Throws<OptionsValidationException>(() => OptionsOf<SiloMetadata>(builder));

        Assert.Equal(
            [
                "nl.compute is 'gpu', accepted: cpu, cuda",
                "nl.storage is 'here', accepted: near, far",
                "nl.memory-gib is '80GiB', accepted: a number of GiB above 0",
            ],
            error.Failures);
    }

    [Theory]
    [InlineData("80")]
    [InlineData("0.5")]
    public void AddTierPlacement_DeclarationsInTheConfiguration_AreRead(string memory)
    {
        BareSiloBuilder builder = new()
        {
            Configuration = new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        [$"Orleans:Metadata:{SiloMetadataKeys.Compute}"] = ComputeKinds.Cuda,
                        [$"Orleans:Metadata:{SiloMetadataKeys.MemoryGib}"] = memory,
                    })
                .Build(),
        };
        builder.UseSiloMetadata();
        builder.AddTierPlacement();

        SiloProfile silo = SiloProfile.Of(OptionsOf<SiloMetadata>(builder));

        Assert.Equal($"cuda ({memory} GiB)", silo.DescribeCompute());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AddTierPlacement_BeforeOrAfterMetadata_LeavesThatInPlace(bool isBefore)
    {
        BareSiloBuilder builder = new();
        Action[] calls = [() => builder.AddTierPlacement(), () => builder.UseSiloMetadata([])];
        foreach (Action call in isBefore ? calls : calls.Reverse())
        {
            call();
        }

        ServiceDescriptor used = builder.Services.Last(service => service.ServiceType == typeof(ISiloMetadataCache));

        // Orleans registers its own one by a factory.
        Assert.NotNull(used.ImplementationFactory);
    }

    [Fact]
    public void AddTierPlacement_NoMetadataUsed_NobodyDeclaresAnything()
    {
        BareSiloBuilder builder = new();
        builder.AddTierPlacement();

        ISiloMetadataCache cache = builder.Services.BuildServiceProvider().GetRequiredService<ISiloMetadataCache>();

        Assert.Empty(cache.GetSiloMetadata(SiloAddress.Zero).Metadata);
    }

    [Theory]
    [InlineData("", "16", "cpu (16 GiB)")]
    [InlineData("H100", "", "cpu (H100)")]
    [InlineData("", "", "cpu")]
    public void DescribeCompute_ValuesLeftEmpty_LeavesThemOut(string device, string memory, string expected)
    {
        BareSiloBuilder builder = new();
        builder.UseSiloMetadata(new Dictionary<string, string>
        {
            [SiloMetadataKeys.Compute] = ComputeKinds.Cpu,
            [SiloMetadataKeys.Device] = device,
            [SiloMetadataKeys.MemoryGib] = memory,
        });

        Assert.Equal(expected, SiloProfile.Of(OptionsOf<SiloMetadata>(builder)).DescribeCompute());
    }

    private static T OptionsOf<T>(BareSiloBuilder builder)
        where T : class =>
        builder.Services.BuildServiceProvider().GetRequiredService<IOptions<T>>().Value;
}
