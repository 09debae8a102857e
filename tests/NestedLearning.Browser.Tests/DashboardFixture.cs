using Microsoft.Playwright;
using NestedLearning.Browser.Tests.Running;

namespace NestedLearning.Browser.Tests;

/// <summary>A gateway with a real run, and a browser.</summary>
public sealed class DashboardFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal RunningGateway Gateway { get; private set; } = null!;

    internal SampleRun Run { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (BrowserSkip.Reason is not null)
        {
            return; // Its tests are left out, too.
        }

        Gateway = await RunningGateway.StartAsync();
        Run = new SampleRun(Gateway);
        await Run.LearnAsync();
        await new WritingRun(Gateway).LearnAsync();
        Assertions.SetDefaultExpectTimeout(30_000); // A busy machine is no failure.
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Program ?? throw new FileNotFoundException("There is no Chromium on the PATH."),
            Args = ["--no-sandbox", "--disable-dev-shm-usage"], // Both for containers: no namespaces for root, and a small /dev/shm.
        });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }
    }

    /// <summary>A new browser profile, signed in as the operator.</summary>
    internal async Task<Visit> SignInAsync(ColorScheme colors = ColorScheme.Light, int width = 1280, int height = 640)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Gateway.Url.ToString(),
            ColorScheme = colors,
            ViewportSize = new ViewportSize { Width = width, Height = height },
        });
        Visit visit = await Visit.BeginAsync(context);
        await visit.Page.GotoAsync("/dashboard");
        await visit.Page.GetByLabel("Key").FillAsync(Gateway.Admin);
        await visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Models" })).ToBeVisibleAsync();
        return visit;
    }
}
