using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>A memory holds its weights more coarsely than the others.</summary>
internal sealed class RoundedReplica(ILevelLink inner) : LinkMutation(inner)
{
    public override async ValueTask<PulledVersion> PullAsync(SourceId source, LevelVersion? last, CancellationToken cancellationToken)
    {
        PulledVersion pulled = await base.PullAsync(source, last, cancellationToken);
        TensorSet rounded = [];
        foreach (NamedTensor tensor in pulled.Version.Tensors)
        {
            rounded.Add(tensor is DenseTensor dense ? dense with { Values = Array.ConvertAll(dense.Values.ToArray(), value => (float)(Half)value) } : tensor);
        }

        return pulled with { Version = pulled.Version with { Tensors = rounded } };
    }
}
