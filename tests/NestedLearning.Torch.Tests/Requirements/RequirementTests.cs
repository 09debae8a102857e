using System.Reflection;
using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Torch.Tests.Requirements;

public sealed class RequirementTests
{
    [Fact]
    public void Contracts_EveryTest_CanBeSkippedWhereItsBackendIsMissing()
    {
        IEnumerable<MethodInfo> tests = typeof(TensorBackendContract).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null);

        Assert.All(tests, test => Assert.True(test.GetCustomAttribute<FactAttribute>() is ContractFactAttribute or ContractTheoryAttribute, test.Name));
        Assert.NotEmpty(tests);
    }
}
