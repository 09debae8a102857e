using Microsoft.Playwright;
using NestedLearning.Gateway.Dashboard;

namespace NestedLearning.Browser.Tests;

/// <summary>
/// The pictures in the docs. They are written only where <c>NL_SCREENSHOTS</c> names a folder, so that tests leave the tree alone.
/// </summary>
public sealed class ScreenshotTests(DashboardFixture dashboard) : IClassFixture<DashboardFixture>
{
    private const int Width = 1120;
    private const int MaxHeight = 1100;

    private static readonly string? Folder = Environment.GetEnvironmentVariable("NL_SCREENSHOTS");

    [BrowserTheory]
    [InlineData(ColorScheme.Light, "light")]
    [InlineData(ColorScheme.Dark, "dark")]
    public async Task EveryPage_InEachLook_HasAPicture(ColorScheme colors, string look)
    {
        await using Visit visit = await dashboard.SignInAsync(colors, Width);
        foreach ((string name, (string path, _)) in DashboardPages.All.Append(new("sign-in", (PagePaths.SignIn, ""))))
        {
            await visit.Page.GotoAsync(path);
            float height = Math.Min(MaxHeight, await visit.Page.EvaluateAsync<float>("document.documentElement.scrollHeight"));
            byte[] picture = await visit.Page.ScreenshotAsync(new PageScreenshotOptions
            {
                FullPage = true,
                Clip = new Clip { Width = Width, Height = height },
                Animations = ScreenshotAnimations.Disabled,
            });

            Assert.NotEmpty(picture);
            if (Folder is not null)
            {
                Directory.CreateDirectory(Folder);
                await File.WriteAllBytesAsync(Path.Combine(Folder, $"{name}-{look}.png"), picture);
            }
        }
    }
}
