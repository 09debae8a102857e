using Microsoft.Playwright;
using NestedLearning.Browser.Tests.Running;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Models;

namespace NestedLearning.Browser.Tests;

/// <summary>Taking data out, and doing away with it, as a person does it.</summary>
public sealed class RemovalTests(DashboardFixture dashboard) : IClassFixture<DashboardFixture>
{
    private static readonly TenantId Poisoner = new(SampleRun.Poisoner);

    [BrowserFact]
    public async Task Tenant_Exported_IsSavedAsAnArchive()
    {
        await using Visit visit = await dashboard.SignInAsync();
        await visit.Page.GotoAsync(PagePaths.Tenant(SampleRun.Model, new TenantId("athens")));

        IDownload saved = await visit.Page.RunAndWaitForDownloadAsync(
            () => visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Export" }).ClickAsync());

        Assert.Equal("support-athens.tar", saved.SuggestedFilename);
        Assert.Null(await saved.FailureAsync());
        Assert.True(new FileInfo(await saved.PathAsync()).Length > 10_000);
    }

    [BrowserFact]
    public async Task Model_CheckpointExported_IsSavedAsSafetensors()
    {
        await using Visit visit = await dashboard.SignInAsync();
        await visit.Page.GotoAsync(PagePaths.Model(SampleRun.Model));

        IDownload saved = await visit.Page.RunAndWaitForDownloadAsync(
            () => visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Export checkpoint" }).ClickAsync());

        Assert.Equal("support.safetensors", saved.SuggestedFilename);
        Assert.Null(await saved.FailureAsync());
    }

    [BrowserFact]
    public async Task Tenant_DeletedByTheKeyboardAlone_IsGoneExactlyAndInTheAuditLog()
    {
        await using Visit visit = await dashboard.SignInAsync(width: 360);
        await visit.Page.GotoAsync(PagePaths.Tenant(SampleRun.Model, Poisoner));
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Delete" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.Page.GetByLabel("Type mallory to confirm").FocusAsync();
        await visit.Page.Keyboard.TypeAsync("berlin");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("nothing was deleted");
        Assert.False(await visit.ScrollsSidewaysAsync());
        visit.Forgive("400"); // The console tells of a page that asks again.

        await visit.Page.GetByLabel("Type mallory to confirm").FocusAsync();
        await visit.Page.Keyboard.TypeAsync(SampleRun.Poisoner);
        await visit.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Nothing of mallory is stored any more.");
        Assert.False(await visit.ScrollsSidewaysAsync());
        Assert.Empty(visit.Problems);
        Assert.Equal(0, (await dashboard.Gateway.Cluster.GetMemoryAsync(new(SampleRun.Model, Poisoner), default)).Learned);
        Assert.Contains(dashboard.Gateway.Audit.Lines, line =>
            line.StartsWith("Key operator from ", StringComparison.Ordinal)
            && line.EndsWith($": POST {PagePaths.Remove(SampleRun.Model, Poisoner)} answered 200.", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task Model_Deleted_IsNoModelAnyMore()
    {
        ModelId passing = new("passing");
        await dashboard.Gateway.CreateAsync(passing, """{"spec": {"$kind": "classifier", "features": 64}}""");
        await using Visit visit = await dashboard.SignInAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "passing" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Delete model" }).ClickAsync();

        await visit.Page.GetByLabel("Type passing to confirm").FillAsync("passing");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Delete the model" }).ClickAsync();

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = "The model passing is deleted" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "passing" })).ToHaveCountAsync(0);
        Assert.DoesNotContain(passing, await dashboard.Gateway.Cluster.GetModelsAsync(default));
        Assert.Empty(visit.Problems);
    }
}
