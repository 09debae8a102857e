using System.Globalization;
using BenchmarkDotNet.Running;
using NestedLearning.Benchmarks.Gateway;
using NestedLearning.Models;

switch (args)
{
    case ["gateway", .. string[] parts]:
        await GatewayBenchmark.RunAsync(parts);
        break;
    case [LoadServer.Name, .. string[] features]:
        await LoadServer.RunAsync(features is [var count] ? int.Parse(count, CultureInfo.InvariantCulture) : new ClassifierSpec().Features);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        break;
}
