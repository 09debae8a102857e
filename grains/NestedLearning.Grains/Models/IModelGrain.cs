using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>The settings of one model. Its key is the model's name.</summary>
[Alias("nl.IModelGrain")]
public interface IModelGrain : IGrainWithStringKey
{
    /// <summary>Makes the model, or joins it when one with the same settings is there.</summary>
    /// <param name="settings">The settings as JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [Alias("Create")]
    ValueTask CreateAsync(Payload settings, CancellationToken cancellationToken);

    /// <summary>Stores a part of what a level of the model begins with, before the model is made.</summary>
    /// <param name="digest">Names all that its levels begin with.</param>
    /// <param name="level">The level.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="bytes">The part.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [Alias("StorePart")]
    ValueTask StorePartAsync(string digest, string level, int part, Payload bytes, CancellationToken cancellationToken);

    /// <summary>
    /// Does away with the model. Answers with whether there was one, or with nothing after a while; who asks again joins what is under way.
    /// </summary>
    [Alias("Delete")]
    [AlwaysInterleave]
    ValueTask<bool?> DeleteAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Finishes a deletion that was cut short, and lets tenants go whose forgetting was; a model that nobody deletes stays. Nobody waits
    /// for it.
    /// </summary>
    [Alias("Finish"), OneWay]
    ValueTask FinishAsync();

    /// <summary>The settings, and which of the models of its name it is: a <see cref="NestedLearning.Tiers.StoredModel"/> as JSON.</summary>
    [Alias("Settings")]
    ValueTask<Payload> GetSettingsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Lets every memory send up what it has learned, and folds it: one shared level, or all. Answers with a report as JSON, or with
    /// nothing after a while; who asks again joins what is under way.
    /// </summary>
    [Alias("Consolidate")]
    [AlwaysInterleave]
    ValueTask<Payload?> ConsolidateAsync(string? level, CancellationToken cancellationToken);
}
