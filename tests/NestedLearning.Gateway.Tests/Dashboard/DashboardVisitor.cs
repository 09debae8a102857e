using System.Net;
using System.Text.RegularExpressions;
using NestedLearning.Gateway.Dashboard;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>A browser without a screen: it keeps cookies, and follows nothing by itself.</summary>
internal sealed partial class DashboardVisitor : IDisposable
{
    private readonly HttpClient _http;

    public DashboardVisitor(Uri server)
    {
        Cookies = new CookieContainer();
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = server };
    }

    public CookieContainer Cookies { get; }

    /// <summary>A visitor that has signed in with a key.</summary>
    public static async Task<DashboardVisitor> SignInAsync(Uri server, string key)
    {
        DashboardVisitor visitor = new(server);
        HttpResponseMessage response = await visitor.PostAsync(PagePaths.SignIn, ("key", key));
        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    /// <summary>The HTML of a page that has to be there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        HttpResponseMessage response = await _http.GetAsync(path);
        string html = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode} {html}");
        return html;
    }

    /// <summary>The words of a page, with single blanks between them.</summary>
    public async Task<string> ReadTextAsync(string path) => TextOf(await ReadAsync(path));

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) => PostAsync(path, origin: null, fields);

    public Task<HttpResponseMessage> PostAsync(string path, string? origin, (string Name, string Value)[] fields)
    {
        HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return _http.SendAsync(request);
    }

    public static string TextOf(string html) =>
        Blanks().Replace(WebUtility.HtmlDecode(Tags().Replace(html[html.IndexOf("<main", StringComparison.Ordinal)..], " ")).Replace('\u00A0', ' '), " ");

    /// <summary>The value of a hidden field.</summary>
    public static string FieldOf(string html, string name) => Regex.Match(html, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
