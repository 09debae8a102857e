using System.Net;
using System.Text;
using System.Threading.Channels;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>Takes what a process exports by OTLP over HTTP.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<(string Path, string Body)> _received = Channel.CreateUnbounded<(string, string)>();

    public OtlpReceiver(int port)
    {
        Url = $"http://127.0.0.1:{port}/";
        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    /// <summary>Waits until something with a text has come to a path.</summary>
    public async Task WaitForAsync(string path, string text)
    {
        await foreach ((string to, string body) in _received.Reader.ReadAllAsync())
        {
            if (to == path && body.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new EndOfStreamException($"Nothing with '{text}' came to {path}.");
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using StreamReader body = new(context.Request.InputStream, Encoding.Latin1);
                await _received.Writer.WriteAsync((context.Request.Url!.AbsolutePath, await body.ReadToEndAsync()));
                context.Response.Close();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
            {
                _received.Writer.TryComplete();
                return;
            }
        }
    }
}
