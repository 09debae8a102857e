using NestedLearning.Cluster.Benchmarks;

switch (args)
{
    case ["tenants", .. string[] options]:
        await TenantsBenchmark.RunAsync(TenantsSettings.Read(new Arguments(options)));
        return 0;
    case ["hop", .. string[] options]:
        await HopBenchmark.RunAsync(new Arguments(options).Number("percent", 100));
        return 0;
    case ["compute", .. string[] options]:
        ComputeBenchmark.Run(new Arguments(options).Number("threads", 2), new Arguments(options).Text("only") ?? "");
        return 0;
    default:
        Console.Error.WriteLine(
            """
            usage: hop [--percent 100]
                   compute [--threads 2] [--only "part of a name"]
                   tenants [--tenants 100000] [--resident 5000] [--features 256|4096] [--events 8] [--callers 32] [--contributors 1000] [--directory DIR]
            """);
        return 2;
}
