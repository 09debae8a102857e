using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>Which models the cluster has, as a grain.</summary>
[StoragePlacementFilter]
internal sealed class ModelIndexGrain(SiloTiers tiers) : Grain, IModelIndexGrain
{
    private NameIndex? _index;

    public ValueTask AddAsync(string model, CancellationToken cancellationToken) =>
        ChangeAsync(index => index.AddAsync(new ModelId(model).Value, cancellationToken), cancellationToken);

    public ValueTask RemoveAsync(string model, CancellationToken cancellationToken) =>
        ChangeAsync(index => index.RemoveAsync(model, cancellationToken), cancellationToken);

    public async ValueTask<string[]> ListAsync(CancellationToken cancellationToken) => [.. (await LoadAsync(cancellationToken)).Names];

    public async ValueTask FinishAsync()
    {
        foreach (string model in (await LoadAsync(CancellationToken.None)).Names)
        {
            await GrainFactory.GetGrain<IModelGrain>(model).FinishAsync();
        }
    }

    private async ValueTask ChangeAsync(Func<NameIndex, ValueTask> change, CancellationToken cancellationToken)
    {
        try
        {
            await change(await LoadAsync(cancellationToken));
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
        {
            // Another activation saved it: the same call again loads what counts.
            _index = null;
            throw new StoppingException(this.GetPrimaryKeyString());
        }
    }

    private async ValueTask<NameIndex> LoadAsync(CancellationToken cancellationToken)
    {
        if (_index is null)
        {
            NameIndex index = new(tiers.Hosting.Store, StateKey.Models(), name => new ModelId(name).Value);
            await index.LoadAsync(cancellationToken);
            _index = index;
        }

        return _index;
    }
}
