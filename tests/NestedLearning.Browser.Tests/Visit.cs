using Microsoft.Playwright;

namespace NestedLearning.Browser.Tests;

/// <summary>A browser's window, and what went wrong in it.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _problems = [];

    private Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _problems.Add($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _problems.Add(error);
        page.RequestFailed += (_, request) => _problems.Add($"{request.Url}: {request.Failure}");
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, of scripts, and requests that failed.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public static async Task<Visit> BeginAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    /// <summary>Takes what the test provoked for no problem.</summary>
    public void Forgive(string part) => Assert.NotEqual(0, _problems.RemoveAll(problem => problem.Contains(part, StringComparison.Ordinal)));

    /// <summary>Whether the page is wider than the window.</summary>
    public Task<bool> ScrollsSidewaysAsync() =>
        Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
