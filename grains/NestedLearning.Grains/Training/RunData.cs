using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>The data of a run, open for reading.</summary>
internal sealed class RunData : IDisposable
{
    private RunData(IExampleSource examples, string stamp)
    {
        Examples = examples;
        Stamp = stamp;
    }

    public IExampleSource Examples { get; }

    public string Stamp { get; }

    /// <summary>An address as messages show it: what follows a question mark may be a key to it.</summary>
    public static string NameOf(string address) => address.Split('?')[0];

    /// <param name="source">Where data is.</param>
    /// <param name="run">Which data, and how it is written.</param>
    /// <param name="model">Who learns it: a line that the model would refuse is refused before anything is learned.</param>
    /// <param name="tell">Hears now and then that reading goes on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DataException">It cannot be opened.</exception>
    public static async Task<RunData> OpenAsync(
        ITrainingDataSource source, RunSpec run, ModelSpec model, Func<CancellationToken, ValueTask> tell, CancellationToken cancellationToken)
    {
        string name = NameOf(run.Data);
        TrainingData data = await source.OpenAsync(run.Data, cancellationToken);
        bool isCsv = run.Format == DataFormat.Csv
            || (run.Format == DataFormat.ByName && name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase));
        IExampleSource examples = isCsv
            ? new CsvReader(data.Stream, name, run.Fields, LimitsOf(model))
            : new JsonLinesReader(data.Stream, name, run.Fields, LimitsOf(model));
        return new RunData(new ObservedExamples(examples, tell), data.Stamp);
    }

    /// <summary>Opens data, and closes it.</summary>
    /// <exception cref="UnreachableDataException">It cannot be opened.</exception>
    public static async ValueTask CheckAsync(ITrainingDataSource source, string address, CancellationToken cancellationToken)
    {
        try
        {
            await (await source.OpenAsync(address, cancellationToken)).Stream.DisposeAsync();
        }
        catch (DataException error)
        {
            throw new UnreachableDataException(error.Message);
        }
    }

    public void Dispose() => Examples.Dispose();

    private static ReadingLimits LimitsOf(ModelSpec model) => model is ClassifierSpec classifier
        ? new ReadingLimits
        {
            Features = classifier.Features,
            MaxTextLength = classifier.MaxTextLength,
            MaxNameLength = ClassifierSpec.MaxLabelLength,
        }
        : new ReadingLimits();
}
