using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>
/// The sources that somebody is asked to forget. That may take longer than a call: whoever asks again gets what came of it the first
/// time, where there was nothing left to do.
/// </summary>
/// <param name="isNothing">Whether what came of it is that there was nothing to forget.</param>
internal sealed class ForgetRequests<TReport>(Func<TReport, bool> isNothing)
    where TReport : class
{
    private readonly Dictionary<SourceId, Task<TReport>> _unanswered = [];

    /// <summary>What came of it; null when patience ended first. It goes on, and whoever asked asks again.</summary>
    public async ValueTask<TReport?> AskAsync(SourceId source, Func<Task<TReport>> forget, CancellationToken patience)
    {
        Task<TReport> asked = _unanswered.GetValueOrDefault(source) switch
        {
            null or { IsFaulted: true } or { IsCanceled: true } => forget(),
            { IsCompleted: true } earlier => RepeatAsync(earlier, forget),
            Task<TReport> underWay => underWay,
        };
        _unanswered[source] = asked;
        await ((Task)asked).WaitAsync(patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!asked.IsCompleted)
        {
            return null;
        }

        _unanswered.Remove(source);
        return await asked;
    }

    private async Task<TReport> RepeatAsync(Task<TReport> earlier, Func<Task<TReport>> forget)
    {
        TReport now = await forget();
        return isNothing(now) ? await earlier : now;
    }
}
