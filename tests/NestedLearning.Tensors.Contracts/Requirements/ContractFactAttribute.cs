using Xunit.Sdk;

namespace NestedLearning.Tensors.Contracts;

/// <summary>A test that is skipped where the <see cref="RequirementAttribute"/> of its class is not met.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("NestedLearning.Tensors.Contracts." + nameof(ContractFactDiscoverer), "NestedLearning.Tensors.Contracts")]
public sealed class ContractFactAttribute : FactAttribute;
