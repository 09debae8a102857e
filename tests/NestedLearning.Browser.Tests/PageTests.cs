using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NestedLearning.Browser.Tests.Running;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Models;

namespace NestedLearning.Browser.Tests;

/// <summary>The dashboard as people see it.</summary>
public sealed class PageTests(DashboardFixture dashboard) : IClassFixture<DashboardFixture>
{
    [BrowserTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task EveryPage_AnyWindow_ShowsTheRunFitsAndHasNoProblem(ColorScheme colors, int width)
    {
        await using Visit visit = await dashboard.SignInAsync(colors, width);
        foreach ((string name, (string path, string shows)) in DashboardPages.All)
        {
            IResponse? response = await visit.Page.GotoAsync(path);

            Assert.Equal(200, response!.Status);
            Assert.Contains(shows, await visit.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
            Assert.False(await visit.ScrollsSidewaysAsync(), $"{name} is wider than {width} px");
            Assert.Equal(1, await visit.Page.Locator("h1").CountAsync());
            Assert.EndsWith("· Nested Learning", await visit.Page.TitleAsync(), StringComparison.Ordinal);
        }

        Assert.Empty(visit.Problems);
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryPage_ItsTexts_StandOutFromTheirGround(ColorScheme colors)
    {
        await using Visit visit = await dashboard.SignInAsync(colors);
        foreach ((string name, (string path, _)) in DashboardPages.All)
        {
            await visit.Page.GotoAsync(path);

            Assert.Empty(await Contrast.FaintTextsAsync(visit.Page, name));
        }
    }

    [BrowserFact]
    public async Task FaintTexts_ATextLikeItsGround_IsFound()
    {
        await using Visit visit = await dashboard.SignInAsync();

        await visit.Page.EvaluateAsync("document.querySelector('h1').style.color = '#ddd'");

        Assert.StartsWith("models: Models", Assert.Single(await Contrast.FaintTextsAsync(visit.Page, "models")), StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Tenant_WhileEventsCome_CountsThemWithoutAReload()
    {
        await using Visit visit = await dashboard.SignInAsync();
        await visit.Page.GotoAsync(PagePaths.Tenant(SampleRun.Model, new TenantId("cairo")));
        ILocator learned = visit.Page.Locator("#memory .stat").First.Locator(".figure");
        int before = int.Parse(await learned.InnerTextAsync(), CultureInfo.InvariantCulture);
        await visit.Page.EvaluateAsync("window.isSamePage = true");

        await dashboard.Run.FeedAsync(2, 20, TimeSpan.FromSeconds(1));

        await Assertions.Expect(learned).ToHaveTextAsync($"{before + 20}");
        Assert.True(await visit.Page.EvaluateAsync<bool>("window.isSamePage"));
        Assert.Empty(visit.Problems);
    }

    [BrowserFact]
    public async Task Pause_Pressed_KeepsWhatIsShown()
    {
        await using Visit visit = await dashboard.SignInAsync();
        await visit.Page.GotoAsync(PagePaths.Tenants(SampleRun.Model));
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pause" }).ClickAsync();

        await Assertions.Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Paused");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Pause" }).ClickAsync();
        await Assertions.Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Live");
    }

    [BrowserFact]
    public async Task Tenants_Searched_LeadsToOneTenantsTimeline()
    {
        await using Visit visit = await dashboard.SignInAsync();
        await visit.Page.GotoAsync(PagePaths.Tenants(SampleRun.Model));

        await visit.Page.GetByLabel("Beginning of a name").FillAsync("mall");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = SampleRun.Poisoner }).ClickAsync();

        await Assertions.Expect(visit.Page.Locator(".timeline")).ToContainTextAsync(new Regex("Left out"));
    }

    [BrowserFact]
    public async Task Rollback_ByTheKeyboardAlone_PublishesTheVersionAgain()
    {
        await using Visit visit = await dashboard.SignInAsync();
        await visit.Page.GotoAsync(PagePaths.Versions(SampleRun.Model, ClassifierSpec.SlowLevel));

        await visit.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Roll back to version 38" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Roll back to version 38" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new LocatorFilterOptions { HasText = "publishes version 38 again" })).ToBeVisibleAsync();
        Assert.Empty(visit.Problems);
    }

    [BrowserFact]
    public async Task EveryLink_ByTab_ShowsWhereTheFocusIs()
    {
        await using Visit visit = await dashboard.SignInAsync();
        await visit.Page.GotoAsync(PagePaths.Model(SampleRun.Model));

        for (int i = 0; i < 14; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            Assert.Equal("solid", await visit.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineStyle"));
        }
    }

    [BrowserFact]
    public async Task SignOut_Pressed_EndsTheSession()
    {
        await using Visit visit = await dashboard.SignInAsync();
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByLabel("Key")).ToBeVisibleAsync();

        await visit.Page.GotoAsync(PagePaths.Model(SampleRun.Model));

        Assert.Contains("/sign-in?to=", visit.Page.Url, StringComparison.Ordinal);
    }
}
