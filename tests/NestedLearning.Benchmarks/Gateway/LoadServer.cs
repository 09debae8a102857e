using System.Globalization;

namespace NestedLearning.Benchmarks.Gateway;

/// <summary>A gateway in a process of its own, so that what it occupies is its own. It says how much on every line that it gets.</summary>
internal static class LoadServer
{
    public static async Task RunAsync()
    {
        await using LoadGateway gateway = await LoadGateway.StartAsync();
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
