using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;
using NestedLearning.Torch.Tests.Requirements;

namespace NestedLearning.Torch.Tests;

[RequiresTorch]
public sealed class TorchReportTests
{
    [ContractFact]
    public void OfDevices_ThisMachine_HasASpeedOrAReasonForEach()
    {
        IReadOnlyList<BackendReport> reports = TorchReport.OfDevices();

        Assert.Equal(["torch", "torch"], reports.Take(2).Select(report => report.Backend));
        Assert.Equal(("cpu", $"TorchSharp {TorchRuntime.Version}"), (reports[0].Device, reports[0].Description));
        Assert.StartsWith("cuda", reports[1].Device, StringComparison.Ordinal);
        Assert.All(reports, report => Assert.True(report.Problem is not null || report.Products.All(speed => speed.Gflops > 0)));
    }
}
