using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Torch.Tests.Requirements;

/// <summary>The tests compute on a GPU.</summary>
internal sealed class RequiresCudaAttribute : RequirementAttribute
{
    public override string? Missing => TorchRuntime.Problem
        ?? (TorchDevices.CudaProblem is { } problem ? $"There is no CUDA device here: {problem}" : null);
}
