using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// The sources that a level is asked to forget. That may take longer than a call: whoever asks again gets what came of it the first
/// time, where there was nothing left to do.
/// </summary>
internal sealed class ForgetRequests
{
    private readonly Dictionary<SourceId, Task<ForgottenLevel>> _unanswered = [];

    /// <summary>What came of it; null when patience ended first. It goes on, and whoever asked asks again.</summary>
    public async ValueTask<ForgottenLevel?> AskAsync(SourceId source, Func<Task<ForgottenLevel>> forget, CancellationToken patience)
    {
        Task<ForgottenLevel> asked = _unanswered.GetValueOrDefault(source) switch
        {
            null or { IsFaulted: true } or { IsCanceled: true } => forget(),
            { IsCompleted: true } earlier => RepeatAsync(earlier, forget),
            Task<ForgottenLevel> underWay => underWay,
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

    private static async Task<ForgottenLevel> RepeatAsync(Task<ForgottenLevel> earlier, Func<Task<ForgottenLevel>> forget)
    {
        ForgottenLevel now = await forget();
        return now.Version is null ? await earlier : now;
    }
}
