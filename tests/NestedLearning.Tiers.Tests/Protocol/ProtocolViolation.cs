namespace NestedLearning.Tiers.Tests.Protocol;

/// <summary>A promise of the protocol did not hold in a simulated run.</summary>
internal sealed class ProtocolViolation(string message) : Exception(message)
{
    public static void Require(bool holds, string promise)
    {
        if (!holds)
        {
            throw new ProtocolViolation(promise);
        }
    }
}
