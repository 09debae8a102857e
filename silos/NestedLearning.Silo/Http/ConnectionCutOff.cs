using Microsoft.AspNetCore.Connections;
using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Http;

/// <summary>
/// Cuts off the connections that are still open some time after the stop has begun. The web server would wait for them with
/// the time that memories and grains need to be saved and handed over.
/// </summary>
internal sealed class ConnectionCutOff : IDisposable
{
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _stopping;

    public ConnectionCutOff(IHostApplicationLifetime host, LifetimeSettings settings, TimeProvider time)
    {
        _end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stopping = host.ApplicationStopping.Register(() => _end.CancelAfter(settings.StopRequests));
    }

    /// <summary>Serves a connection until its end or the server's.</summary>
    public async Task ServeAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        await using CancellationTokenRegistration cut = _end.Token.Register(
            () => connection.Abort(new ConnectionAbortedException("The server stops.")));
        await next(connection);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _end.Dispose();
    }
}
