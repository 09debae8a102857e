using Xunit.Sdk;

namespace NestedLearning.Tensors.Contracts;

/// <summary>A test of many cases, skipped where the <see cref="RequirementAttribute"/> of its class is not met.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("NestedLearning.Tensors.Contracts." + nameof(ContractTheoryDiscoverer), "NestedLearning.Tensors.Contracts")]
public sealed class ContractTheoryAttribute : TheoryAttribute;
