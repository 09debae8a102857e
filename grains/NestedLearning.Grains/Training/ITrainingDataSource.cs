namespace NestedLearning.Grains;

/// <summary>
/// Where the workers of a run read its data. A silo registers one that reads what it is allowed to; by default there is
/// nothing to read, since whoever can reach a server must not read its files.
/// </summary>
public interface ITrainingDataSource
{
    /// <summary>Opens data from its beginning.</summary>
    /// <param name="address">An address or a path, as whoever began the run wrote it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="NestedLearning.Models.DataException">
    /// There is no such data, or it may not be read. With an <see cref="IOException"/> inside, it may be there a little later.
    /// </exception>
    ValueTask<TrainingData> OpenAsync(string address, CancellationToken cancellationToken);
}

/// <summary>Data that is open.</summary>
/// <param name="Stream">Its bytes; whoever asked closes it.</param>
/// <param name="Stamp">Tells it from other data at the same address, as far as that can be seen without reading it.</param>
public sealed record TrainingData(Stream Stream, string Stamp);
