using Microsoft.Extensions.Options;
using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>Reports every option that is not acceptable at once.</summary>
internal sealed class TierPlacementOptionsValidator : IValidateOptions<TierPlacementOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TierPlacementOptions options)
    {
        List<string> violations = [];
        CheckCompute(nameof(options.DefaultCompute), options.DefaultCompute);
        foreach ((string model, string compute) in options.ModelCompute)
        {
            CheckModel(model);
            CheckCompute($"{nameof(options.ModelCompute)}['{model}']", compute);
        }

        if (!Enum.IsDefined(options.Fallback))
        {
            string accepted = string.Join(", ", Enum.GetNames<PlacementFallback>());
            violations.Add($"{nameof(options.Fallback)} is {options.Fallback}, accepted: {accepted}");
        }

        return violations.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(violations);

        void CheckCompute(string option, string? value)
        {
            if (value is null || !ComputeKinds.Askable.Contains(value))
            {
                violations.Add($"{option} is '{value}', accepted: {string.Join(", ", ComputeKinds.Askable)}");
            }
        }

        void CheckModel(string model)
        {
            try
            {
                _ = new ModelId(model);
            }
            catch (InvalidIdException error)
            {
                violations.Add($"{nameof(options.ModelCompute)}: {error.Message.TrimEnd('.')}");
            }
        }
    }
}
