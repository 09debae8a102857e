using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The private levels of tenants that share a model's slow levels: its parameters of period 1, once for each tenant.</summary>
internal sealed class TenantLevels(SequenceModel model)
{
    private readonly List<TensorSet> _tenants = [];

    /// <summary>Keeps the present private levels as the next tenant's.</summary>
    public void Add()
    {
        TensorSet own = [];
        foreach (Parameter parameter in model.Parameters.Zip(model.Periods).Where(pair => pair.Second == 1).SelectMany(pair => pair.First))
        {
            own.Add(StoredTensor.Of(model.Backend, parameter.Name, parameter.Value));
        }

        _tenants.Add(own);
    }

    /// <summary>Puts a tenant's private levels in place.</summary>
    public void Load(int tenant) => model.Parameters.LoadSome(_tenants[tenant]);

    /// <summary>The tenant with whose levels a loss is least.</summary>
    public int Find(Func<double> loss) => Enumerable.Range(0, _tenants.Count).MinBy(tenant =>
    {
        Load(tenant);
        return loss();
    });
}
