using System.ComponentModel;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NestedLearning.Tensors.Contracts;

/// <summary>A test case whose data are found when it runs, if the requirement of its class lets it.</summary>
public sealed class ContractTheoryTestCase : XunitTheoryTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For the deserializer only.")]
    public ContractTheoryTestCase()
    {
    }

    public ContractTheoryTestCase(IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method)
        : base(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute) ?? ContractTestCase.Missing(TestMethod)!;
}
