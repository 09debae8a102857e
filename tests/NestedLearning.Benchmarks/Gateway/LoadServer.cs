using System.Globalization;
using NestedLearning.Models;

namespace NestedLearning.Benchmarks.Gateway;

/// <summary>A gateway in a process of its own, so that what it occupies is its own. It says how much on every line that it gets.</summary>
internal static class LoadServer
{
    /// <summary>What starts it.</summary>
    public const string Name = "gateway-server";

    /// <param name="features">How many features its model has.</param>
    public static async Task RunAsync(int features)
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync(new ClassifierSpec { Features = features });
        Console.WriteLine(gateway.Server.Url);
        while (Console.ReadLine() is not null)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            using System.Diagnostics.Process self = System.Diagnostics.Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalMemory(forceFullCollection: true)} {self.WorkingSet64}"));
        }
    }
}
