using Microsoft.Extensions.Options;

namespace NestedLearning.Grains;

/// <summary>Reports every option that is out of its range at once.</summary>
internal sealed class TierSiloOptionsValidator : IValidateOptions<TierSiloOptions>, IValidateOptions<ComputeOptions>
{
    public ValidateOptionsResult Validate(string? name, TierSiloOptions options)
    {
        List<string> violations = [];
        Check(violations, nameof(options.FoldThreads), options.FoldThreads, 1, 1024);
        Check(violations, nameof(options.MessageBytes), options.MessageBytes, 64 * 1024, 64 * 1024 * 1024);
        Check(violations, nameof(options.PartsInFlight), options.PartsInFlight, 1, 64);
        Check(violations, nameof(options.MaxUpdateBytes), options.MaxUpdateBytes, 1024 * 1024, Array.MaxLength);
        CheckTime(violations, nameof(options.Patience), options.Patience, TimeSpan.FromSeconds(25));
        CheckTime(violations, nameof(options.ShardTimeout), options.ShardTimeout, TimeSpan.FromMinutes(10));
        CheckTime(violations, nameof(options.RoundResidence), options.RoundResidence, TimeSpan.FromDays(1));
        Check(violations, nameof(options.MaxResidentMemoryBytes), options.MaxResidentMemoryBytes, TierSiloOptions.LeastMemoryBytes, long.MaxValue);
        Check(violations, nameof(options.MaxResidentMemories), options.MaxResidentMemories, 1, 10_000_000);
        CheckTime(violations, nameof(options.IdleTime), options.IdleTime, TimeSpan.FromDays(30), TimeSpan.FromMinutes(2));
        return Result(violations);
    }

    public ValidateOptionsResult Validate(string? name, ComputeOptions options)
    {
        List<string> violations = [];
        Check(violations, nameof(options.Threads), options.Threads, 1, 1024);
        Check(violations, nameof(options.Capacity), options.Capacity, 1, 1024 * 1024);
        return Result(violations);
    }

    private static ValidateOptionsResult Result(List<string> violations) =>
        violations.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(violations);

    private static void Check(List<string> violations, string option, long value, long lowest, long highest)
    {
        if (value < lowest || value > highest)
        {
            violations.Add($"{option} is {value}, accepted: {lowest} to {highest}");
        }
    }

    private static void CheckTime(List<string> violations, string option, TimeSpan value, TimeSpan longest, TimeSpan shortest = default)
    {
        if (value <= TimeSpan.Zero || value < shortest || value > longest)
        {
            string from = shortest == default ? "above zero" : $"at least {shortest}";
            violations.Add($"{option} is {value}, accepted: {from}, at most {longest}");
        }
    }
}
