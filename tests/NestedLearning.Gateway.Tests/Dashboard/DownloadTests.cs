using System.Net;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>What browsers save from pages.</summary>
public sealed class DownloadTests : DashboardFixture
{
    private static readonly ModelId Model = new("small");

    [Fact]
    public async Task Export_OfATenant_IsTheArchiveOfTheApi()
    {
        await Gateway.FeedAsync(TestGateway.Lines(1, 30));

        HttpResponseMessage response = await Visitor.GetAsync(PagePaths.Export(Model, new TenantId("ann")));

        Assert.Equal("small-ann.tar", response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(ExportArchive.MediaType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(
            await NamesAsync(await Gateway.SendAsync("GET", TestGateway.Ann + "/export")),
            await NamesAsync(response));
    }

    [Fact]
    public async Task Export_TenantThatNobodyKnows_IsAPageAndNoFile()
    {
        HttpResponseMessage response = await Visitor.GetAsync(PagePaths.Export(Model, new TenantId("zoe")));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Null(response.Content.Headers.ContentDisposition);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Checkpoint_OfAModel_IsASafetensorsFile()
    {
        await Gateway.FeedAsync(TestGateway.Lines(1, 50));

        HttpResponseMessage response = await Visitor.GetAsync(PagePaths.Checkpoint(Model));

        Assert.Equal("small.safetensors", response.Content.Headers.ContentDisposition!.FileName);
        SafetensorsReader file = new(new MemoryStream(await response.Content.ReadAsByteArrayAsync()));
        Assert.Contains(file.Tensors, tensor => tensor.Shape.SequenceEqual([64, 5]));
    }

    private static async Task<IReadOnlyList<string>> NamesAsync(HttpResponseMessage response)
    {
        List<string> names = [];
        await foreach (ExportedFile file in ExportArchive.ReadAsync(await response.Content.ReadAsStreamAsync(), default))
        {
            names.Add(file.Name);
        }

        Assert.NotEmpty(names);
        return names;
    }
}
