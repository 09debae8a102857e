using System.Net;
using System.Text;
using NestedLearning.Silo.Tests.Processes;

namespace NestedLearning.Silo.Tests.Training;

/// <summary>A web server of this process.</summary>
internal sealed class WebData : IDisposable
{
    private readonly HttpListener _listener = new();

    private WebData(Uri url)
    {
        Url = url;
        _listener.Prefixes.Add(url.ToString());
    }

    public Uri Url { get; }

    public static WebData Start()
    {
        WebData web = new(new Uri($"http://127.0.0.1:{SiloProcess.FreePort()}/"));
        web._listener.Start();
        _ = web.ServeAsync();
        return web;
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context = await _listener.GetContextAsync();
            string path = context.Request.Url!.AbsolutePath;
            context.Response.StatusCode = path switch
            {
                "/sets/missing" => 404,
                "/sets/moved" => 302,
                "/sets/busy" => 503,
                _ => 200,
            };
            context.Response.Headers.Add("Location", "/elsewhere");
            context.Response.Headers.Add("ETag", "\"tag\"");
            if (path is "/sets/large" or "/sets/endless")
            {
                Send(context.Response, new byte[(1 << 20) + 1], isChunked: path == "/sets/endless");
            }
            else if (path == "/sets/silent")
            {
                context.Response.SendChunked = true;
                await context.Response.OutputStream.WriteAsync("text"u8.ToArray());
                await context.Response.OutputStream.FlushAsync();
            }
            else
            {
                Send(context.Response, Encoding.UTF8.GetBytes($"text of {path}"), isChunked: false);
            }
        }
    }

    private static void Send(HttpListenerResponse response, byte[] bytes, bool isChunked)
    {
        response.SendChunked = isChunked;
        response.Close(bytes, willBlock: false);
    }
}
