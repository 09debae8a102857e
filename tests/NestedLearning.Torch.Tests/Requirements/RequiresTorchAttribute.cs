using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Torch.Tests.Requirements;

/// <summary>The tests compute with libtorch.</summary>
internal sealed class RequiresTorchAttribute : RequirementAttribute
{
    public override string? Missing => TorchRuntime.Problem;
}
