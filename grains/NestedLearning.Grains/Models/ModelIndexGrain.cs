using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>Which models the cluster has, as a grain.</summary>
[StoragePlacementFilter]
internal sealed class ModelIndexGrain(SiloTiers tiers) : Grain, IModelIndexGrain
{
    private NameIndex? _index;

    public async ValueTask AddAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            await (await LoadAsync(cancellationToken)).AddAsync(new ModelId(model).Value, cancellationToken);
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
        {
            // Another activation saved it: the same call again loads what counts.
            _index = null;
            throw new StoppingException(this.GetPrimaryKeyString());
        }
    }

    public async ValueTask<string[]> ListAsync(CancellationToken cancellationToken) => [.. (await LoadAsync(cancellationToken)).Names];

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
