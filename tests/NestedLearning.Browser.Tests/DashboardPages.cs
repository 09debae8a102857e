using NestedLearning.Browser.Tests.Running;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Models;

namespace NestedLearning.Browser.Tests;

/// <summary>Every page, and something on it that only a real run shows.</summary>
internal static class DashboardPages
{
    public static IReadOnlyDictionary<string, (string Path, string Shows)> All { get; } = new Dictionary<string, (string, string)>
    {
        ["models"] = (PagePaths.Root, "support"),
        ["overview"] = (PagePaths.Model(SampleRun.Model), "Consolidated"),
        ["learning"] = (PagePaths.Learning(SampleRun.Model), "daily-check"),
        ["learning-texts"] = (PagePaths.Learning(WritingRun.Model), "bits\u00A0a\u00A0byte in the newest run"),
        ["tenant-texts"] = (PagePaths.Tenant(WritingRun.Model, WritingRun.Tenants[0]), "bits\u00A0a\u00A0byte cost before"),
        ["tenants-texts"] = (PagePaths.Tenants(WritingRun.Model), "bits\u00A0a\u00A0byte"),
        ["forgetting-texts"] = (PagePaths.Forgetting(WritingRun.Model), "8\u00A0bits\u00A0a\u00A0byte"),
        ["schedules-texts"] = (PagePaths.Schedules(WritingRun.Model), "nats a token) before they were learned"),
        ["forgetting"] = (PagePaths.Forgetting(SampleRun.Model), "Average forgetting"),
        ["tenants"] = (PagePaths.Tenants(SampleRun.Model), "berlin"),
        ["tenant"] = (PagePaths.Tenant(SampleRun.Model, new TenantId("berlin")), "from support-desk"),
        ["versions"] = (PagePaths.Versions(SampleRun.Model, ClassifierSpec.SlowLevel), "in use"),
        ["rollback"] = (PagePaths.Rollback(SampleRun.Model, ClassifierSpec.SlowLevel, 35), "Into quarantine"),
        ["delete-tenant"] = (PagePaths.Remove(SampleRun.Model, new TenantId("berlin")), "Type berlin to confirm"),
        ["delete-model"] = (PagePaths.Delete(SampleRun.Model), "Type support to confirm"),
        ["schedules"] = (PagePaths.Schedules(SampleRun.Model), "predicted correctly"),
    };
}
