using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace NestedLearning.Grains;

/// <summary>Reports everything that this silo declares wrongly at once, instead of never being chosen for a reason nobody sees.</summary>
internal sealed class SiloMetadataValidator : IValidateOptions<SiloMetadata>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SiloMetadata options)
    {
        SiloProfile silo = SiloProfile.Of(options);
        List<string> violations = [];
        Check(SiloMetadataKeys.Compute, silo.Compute, ComputeKinds.Declarable);
        Check(SiloMetadataKeys.Storage, silo.Storage, StorageKinds.Declarable);
        if (silo.MemoryGib is { } memory && !IsSize(memory))
        {
            violations.Add($"{SiloMetadataKeys.MemoryGib} is '{memory}', accepted: a number of GiB above 0");
        }

        return violations.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(violations);

        void Check(string key, string? value, IReadOnlyList<string> accepted)
        {
            if (value is not null && !accepted.Contains(value))
            {
                violations.Add($"{key} is '{value}', accepted: {string.Join(", ", accepted)}");
            }
        }
    }

    private static bool IsSize(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double gib)
        && gib > 0 && double.IsFinite(gib);
}
