namespace NestedLearning.Grains;

/// <summary>Turns a grain's typed errors into what travels.</summary>
internal sealed class ErrorsToFaults : IIncomingGrainCallFilter
{
    public async Task Invoke(IIncomingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (NestedLearningException error)
        {
            throw TierFaults.ToFault(error);
        }
    }
}

/// <summary>Turns what travelled into typed errors again, for whoever called.</summary>
internal sealed class FaultsToErrors : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (TierFaultException fault)
        {
            throw TierFaults.ToError(fault);
        }
    }
}
