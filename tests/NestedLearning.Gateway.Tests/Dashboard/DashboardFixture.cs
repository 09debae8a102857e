namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>A gateway with a model, and a browser that looks at its pages.</summary>
public abstract class DashboardFixture : IAsyncLifetime
{
    private protected TestGateway Gateway { get; private set; } = null!;

    private protected DashboardVisitor Visitor { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Gateway = await TestGateway.WithModelAsync();
        Visitor = new DashboardVisitor(Gateway.Url);
    }

    public async Task DisposeAsync()
    {
        Visitor.Dispose();
        await Gateway.DisposeAsync();
    }
}
