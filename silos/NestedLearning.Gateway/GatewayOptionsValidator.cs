using Microsoft.Extensions.Options;

namespace NestedLearning.Gateway;

/// <summary>Reports every option that is out of its range at once.</summary>
internal sealed class GatewayOptionsValidator : IValidateOptions<GatewayOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        List<string> violations = [];
        Check(nameof(options.MaxLineBytes), options.MaxLineBytes, 1024, 64 * 1024 * 1024);
        Check(nameof(options.MaxBatchEvents), options.MaxBatchEvents, 1, 4096);
        Check(nameof(options.MaxBodyBytes), options.MaxBodyBytes, 1024, 256 * 1024 * 1024);
        Check(nameof(options.MaxInputs), options.MaxInputs, 1, 65_536);
        Check(nameof(options.MaxExpansion), options.MaxExpansion, 2, 1000);
        Check(nameof(options.MaxFeeds), options.MaxFeeds, 1, 1_000_000);
        Check(nameof(options.MaxRequestsPerMinute), options.MaxRequestsPerMinute, 1, 1_000_000_000);
        Check(nameof(options.MaxModelParameters), options.MaxModelParameters, 1024, 1L << 34);
        Check(nameof(options.MaxGenerations), options.MaxGenerations, 1, 65_536);
        Check(nameof(options.MaxGeneratedTokens), options.MaxGeneratedTokens, 1, 1_000_000_000);
        Check(nameof(options.MaxGenerationBytes), options.MaxGenerationBytes, 1024, 1L << 40);
        violations.AddRange(options.Tokens?.Violations() ?? []);
        return violations.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(violations);

        void Check(string option, long value, long lowest, long highest)
        {
            if (value < lowest || value > highest)
            {
                violations.Add($"{option} is {value}, accepted: {lowest} to {highest}");
            }
        }
    }
}
