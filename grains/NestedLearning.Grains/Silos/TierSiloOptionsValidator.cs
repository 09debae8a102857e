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
        CheckTime(violations, nameof(options.RoundResidence), options.RoundResidence, TimeSpan.FromDays(1));
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

    private static void Check(List<string> violations, string option, int value, int lowest, int highest)
    {
        if (value < lowest || value > highest)
        {
            violations.Add($"{option} is {value}, accepted: {lowest} to {highest}");
        }
    }

    private static void CheckTime(List<string> violations, string option, TimeSpan value, TimeSpan longest)
    {
        if (value <= TimeSpan.Zero || value > longest)
        {
            violations.Add($"{option} is {value}, accepted: above zero, at most {longest}");
        }
    }
}
