using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training;

/// <summary>
/// Measures a run's tasks by asking its memories: every worker is asked everything, so a figure is what a client of any
/// worker may expect; where tasks have memories of their own, each task is asked of its own.
/// </summary>
internal sealed class RunEvaluation(ILearningCluster cluster, ModelId model, RunStream stream, KeyedTaskStream keys)
{
    private readonly bool _ownMemories = stream.Policy.MinContributors < stream.Memories.Count;

    /// <summary>The correct answers on each task up to the one that just ended, added over the memories asked.</summary>
    public async Task<IReadOnlyList<int>> ColumnAsync(int endedTask, CancellationToken cancellationToken)
    {
        List<int> correct = [];
        for (int task = 0; task <= endedTask; task++)
        {
            correct.Add(await CorrectAsync(task, cancellationToken));
        }

        return correct;
    }

    /// <summary>The accuracy over all tasks as things stand.</summary>
    public async Task<double> FinalAccuracyAsync(RunRecord record, CancellationToken cancellationToken)
    {
        AccuracyMatrix matrix = Matrix(record with { Columns = [.. record.Columns.Take(stream.Tasks.Count - 1)] });
        matrix.Finish(await ColumnAsync(stream.Tasks.Count - 1, cancellationToken));
        return matrix.FinalAccuracy;
    }

    /// <summary>The matrix of what a record holds.</summary>
    public AccuracyMatrix Matrix(RunRecord record)
    {
        int asked = _ownMemories ? 1 : stream.Memories.Count;
        AccuracyMatrix matrix = new([.. stream.Tasks.Select(task => task.Test.Count * asked)]);
        foreach (IReadOnlyList<int> column in record.Columns)
        {
            matrix.Finish(column);
        }

        return matrix;
    }

    private async Task<int> CorrectAsync(int task, CancellationToken cancellationToken)
    {
        IReadOnlyList<KeyedExample> tests = keys.Tasks[task].Test;
        ModelInput[] inputs = [.. tests.Select(test => new FeatureInput(test.Key))];
        IReadOnlyList<TenantId> asked = _ownMemories ? [stream.Memories[task]] : stream.Memories;
        int[] correct = await SideBySide.RunAsync(
            asked,
            async (tenant, _, stop) =>
            {
                IReadOnlyList<Prediction> answers = await cluster.PredictAsync(new MemoryAddress(model, tenant), inputs, stop);
                return answers.Zip(tests).Count(pair => pair.First.Label == keys.Classes[pair.Second.Label]);
            },
            cancellationToken);
        return correct.Sum();
    }
}
