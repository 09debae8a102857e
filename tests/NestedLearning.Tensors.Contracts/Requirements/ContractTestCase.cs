using System.ComponentModel;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace NestedLearning.Tensors.Contracts;

/// <summary>A test case that asks the requirement of its class whether to run.</summary>
public sealed class ContractTestCase : XunitTestCase
{
    [EditorBrowsable(EditorBrowsableState.Never)]
    [Obsolete("For the deserializer only.")]
    public ContractTestCase()
    {
    }

    public ContractTestCase(
        IMessageSink sink, ITestFrameworkDiscoveryOptions options, ITestMethod method, object[]? arguments = null)
        : base(sink, options.MethodDisplayOrDefault(), options.MethodDisplayOptionsOrDefault(), method, arguments)
    {
    }

    /// <summary>What the class of a test lacks here; null if nothing.</summary>
    internal static string? Missing(ITestMethod method) =>
        method.TestClass.Class.ToRuntimeType().GetCustomAttribute<RequirementAttribute>()?.Missing;

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        base.GetSkipReason(factAttribute) ?? Missing(TestMethod)!;
}
