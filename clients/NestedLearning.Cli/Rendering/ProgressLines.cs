using Spectre.Console;

namespace NestedLearning.Cli.Rendering;

/// <summary>Writes a line at every tenth of the work, or every ten seconds when nobody knows how much there is.</summary>
internal sealed class ProgressLines(IAnsiConsole console, ProgressText text, TimeProvider time) : IProgressSink
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _lastTenth;
    private long _lastLine = time.GetTimestamp();

    /// <inheritdoc/>
    public void Resume(long done)
    {
        lock (_lock)
        {
            text.Before = done;
            IsDue(done);
            console.WriteLine(text.DescribeStart());
        }
    }

    /// <inheritdoc/>
    public void Report(long done, string? note = null, IReadOnlyList<ProgressPart>? parts = null)
    {
        lock (_lock)
        {
            if (IsDue(done))
            {
                console.WriteLine(text.Describe(done, note));
                foreach (ProgressPart part in parts ?? [])
                {
                    console.WriteLine($"  {part.Name}: {part.State}");
                }
            }
        }
    }

    private bool IsDue(long done)
    {
        if (text.Total is { } total)
        {
            long tenth = total > 0 ? done * 10 / total : 10;
            bool isNew = tenth > _lastTenth;
            _lastTenth = Math.Max(tenth, _lastTenth);
            return isNew;
        }

        if (time.GetElapsedTime(_lastLine) < Interval)
        {
            return false;
        }

        _lastLine = time.GetTimestamp();
        return true;
    }
}
