using BenchmarkDotNet.Running;
using NestedLearning.Benchmarks.Gateway;

switch (args)
{
    case ["gateway", .. string[] parts]:
        await GatewayBenchmark.RunAsync(parts);
        break;
    case ["gateway-server"]:
        await LoadServer.RunAsync();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
