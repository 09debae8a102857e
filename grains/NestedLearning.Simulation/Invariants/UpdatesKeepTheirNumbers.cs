namespace NestedLearning.Simulation;

/// <summary>What is sent again under a number brings what it brought before, also after a memory was forgotten and began anew.</summary>
internal sealed class UpdatesKeepTheirNumbers(UpdateLog updates) : Invariant
{
    public override string Promise => "a number stands for one update";

    public override string? OnUpdateSent(UpdateFrame update) =>
        updates.Add(update) ? null : $"{update.Id} brings other events than when it was sent first";
}
