using NestedLearning.Tensors;

namespace NestedLearning.Torch;

/// <summary>Looks at what libtorch can compute on here.</summary>
public static class TorchReport
{
    private const string Backend = "torch";

    /// <summary>Square matrices at which a GPU is busy.</summary>
    private const int LargeSize = 4096;

    /// <summary>A report for each device; what is missing has one, too.</summary>
    public static IReadOnlyList<BackendReport> OfDevices()
    {
        if (TorchRuntime.Problem is { } problem)
        {
            return [Missing(TorchDevice.Cpu.ToString(), problem)];
        }

        IEnumerable<BackendReport> devices = TorchDevices.All.Select(Of);
        return TorchDevices.CudaProblem is { } reason ? [.. devices, Missing("cuda", reason)] : [.. devices];
    }

    private static BackendReport Of(TorchDevice device)
    {
        try
        {
            return device.Kind == TorchDeviceKind.Cuda ? OfCuda(device) : OfProcessor();
        }
        catch (TorchOperationException failure)
        {
            return Missing(device.ToString(), failure.Message);
        }
    }

    private static BackendReport OfProcessor() => new(
        Backend,
        TorchDevice.Cpu.ToString(),
        $"TorchSharp {TorchRuntime.Version}",
        [.. new[] { 1, Environment.ProcessorCount }.Distinct().Select(threads => new ProductSpeed(
            threads, ProductPeak.MeasureGflops(new TorchBackend(new TorchOptions { Threads = threads }))))]);

    private static BackendReport OfCuda(TorchDevice device) => new(
        Backend,
        device.ToString(),
        TorchDevices.Describe(device),
        [new ProductSpeed(0, ProductPeak.MeasureGflops(new TorchBackend(new TorchOptions { Device = device }), LargeSize))]);

    private static BackendReport Missing(string device, string problem) => new(Backend, device, "", [], problem);
}
