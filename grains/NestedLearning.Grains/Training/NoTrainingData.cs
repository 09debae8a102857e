using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>Refuses everything.</summary>
internal sealed class NoTrainingData : ITrainingDataSource
{
    public ValueTask<TrainingData> OpenAsync(string address, CancellationToken cancellationToken) =>
        throw new DataException(RunData.NameOf(address), null, "this server reads no data by itself; stream it from a client");
}
