using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using NestedLearning.Gateway.Tests.Access;

namespace NestedLearning.Gateway.Tests;

/// <summary>Requests that no client would make: every one is answered, none with an error of the server.</summary>
public sealed class FuzzTests
{
    /// <summary>As many as NL_FUZZ_REQUESTS of the environment says.</summary>
    private static readonly int Requests =
        int.TryParse(Environment.GetEnvironmentVariable("NL_FUZZ_REQUESTS"), CultureInfo.InvariantCulture, out int set) ? set : 3000;

    private static readonly string[] Pieces =
    [
        "", "{", "}", "[]", "null", "\"", "{}", "\\u0000", "\0", "\r\n", "\n", "-1", "1e999", "9223372036854775808", "0x10", "text", "\uFEFF",
        "ä", "\uD83D\uDE00", "{\"inputs\":[", "{\"text\":", "\"a\"", ",\"label\":\"x\"}", "{\"sequence\":1,\"text\":\"a\",\"label\":\"x\"}\n",
        "{\"spec\":{\"$kind\":\"classifier\"", ",\"features\":64", ",\"policy\":{}}", "{\"action\":\"snapshot\",\"cron\":\"* * * * *\"}", "features", ":{\"0\":1e40}",
    ];

    private static readonly string[] Names = ["small", "ann", "slow", "a", "A", "..", "%2e%2e", "%00", "%", "a%2Fb", "ä", " ", "'", "-", new('a', 65), new('a', 3000)];

    private static readonly string[] Queries =
        ["", "?source=test", "?source=", "?source=a&source=b", "?version=0&from=0", "?version=-1", "?version=1e3&from=9", "?count=99999999999999999999", "?after=9&source=x", "?level=%00", "?ticket=x"];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("Content-Encoding", "gzip"), ("Content-Encoding", "gzip, br"), ("Authorization", "Bearer nl_a_b"), ("Authorization", "Basic"), ("Accept", "*"),
        ("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Key", "x"), ("Sec-WebSocket-Version", "13"), ("Expect", "100-continue"),
        ("Origin", "null"), ("If-Match", "*"), ("Range", "bytes=0-"), ("Cookie", "a=b"), ("X-HTTP-Method-Override", "DELETE"),
    ];

    private static readonly string[] Media = ["application/json", "application/x-ndjson", "text/plain", "application/json; charset=utf-16"];

    [Fact]
    public async Task AnyRoute_RandomRequests_NoneIsAnErrorOfTheServer()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        IReadOnlyList<ApiOperation> operations = await ApiOperation.ReadAllAsync(gateway);
        Random random = new(7);
        for (int i = 0; i < Requests; i++)
        {
            ApiOperation operation = operations[random.Next(operations.Count)];
            string path = string.Join('/', operation.Path.Split('/').Select(part => part.StartsWith('{') ? Pick(random, Names) : part)) + Pick(random, Queries);
            string body = string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => Pick(random, Pieces)));
            string media = random.Next(4) == 0 ? Pick(random, Media) : operation.Media is { Length: > 0 } own ? own : Media[0];
            using HttpRequestMessage request = new(new HttpMethod(random.Next(16) == 0 ? "PATCH" : operation.Method), path);
            request.Content = random.Next(8) == 0 ? null : new StringContent(body, MediaTypeHeaderValue.Parse(media));
            AddHeaders(random, request);

            using HttpResponseMessage response = await gateway.Http.SendAsync(request);

            string answer = await response.Content.ReadAsStringAsync();
            Assert.True((int)response.StatusCode is < 500 or 501 && !answer.Contains("\"status\":500", StringComparison.Ordinal), $"{i}: {operation.Method} {path} {body}: {answer}");
        }
    }

    [Fact]
    public async Task Connection_RandomBytes_TheServerGoesOn()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        Random random = new(7);
        for (int i = 0; i < 100; i++)
        {
            byte[] bytes = new byte[random.Next(1, 200)];
            random.NextBytes(bytes);
            byte[] request = [.. Encoding.ASCII.GetBytes(random.Next(2) == 0 ? "" : $"POST {TestGateway.Events} HTTP/1.1\r\nHost: localhost\r\n"), .. bytes];
            using TcpClient client = new();
            await client.ConnectAsync(gateway.Url.Host, gateway.Url.Port);
            await client.GetStream().WriteAsync(request);
        }

        Assert.Equal("ok\n", await gateway.Http.GetStringAsync("/healthz"));
    }

    private static void AddHeaders(Random random, HttpRequestMessage request)
    {
        for (int i = random.Next(3); i > 0; i--)
        {
            (string name, string value) = Headers[random.Next(Headers.Length)];
            _ = request.Headers.TryAddWithoutValidation(name, value) || request.Content?.Headers.TryAddWithoutValidation(name, value) is true;
        }
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}
