using Spectre.Console;

namespace NestedLearning.Cli.Rendering;

/// <summary>Shows how far long work is: a live bar on a terminal, plain lines anywhere else.</summary>
/// <param name="console">Where it is shown.</param>
/// <param name="time">The clock for rates.</param>
internal sealed class ProgressDisplay(IAnsiConsole console, TimeProvider time)
{
    /// <summary>Runs the work and shows its progress until it ends.</summary>
    /// <param name="title">What is done, such as "Learning".</param>
    /// <param name="unit">What is counted, such as "events".</param>
    /// <param name="total">How many there are; null if that is unknown.</param>
    /// <param name="work">The work; it reports to what it is given, from any thread.</param>
    /// <returns>The work's result.</returns>
    public async Task<T> RunAsync<T>(string title, string unit, long? total, Func<IProgressSink, Task<T>> work)
    {
        ProgressText text = new(title, unit, total, time);
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Capabilities.Ansi)
        {
            return await work(new ProgressLines(console, text, time));
        }

        return await console.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new ProgressBarSink(context, text)));
    }
}
