using System.Runtime.InteropServices;

namespace NestedLearning.Silo.Stopping;

/// <summary>Watches for a second signal to stop: whoever sends it will not wait for what the first one began.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private int _signals;

    private StopSignals(Action onSecond) => _registrations =
    [
        .. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, _ =>
        {
            if (Interlocked.Increment(ref _signals) == 2)
            {
                onSecond();
            }
        })),
    ];

    /// <summary>Begins to watch; the first signal is left to the host.</summary>
    public static StopSignals Watch(Action onSecond) => new(onSecond);

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
