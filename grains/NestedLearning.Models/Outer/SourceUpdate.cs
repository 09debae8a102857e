using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>What one source sent for one round, added up.</summary>
internal sealed class SourceUpdate
{
    private SourceUpdate(float[] values, double weight)
    {
        Values = values;
        Norm = Length(values);
        Weight = weight;
    }

    /// <summary>Gradients by event, or the movement of the parameters; [n].</summary>
    public float[] Values { get; }

    /// <summary>The Euclidean length of the values.</summary>
    public double Norm { get; }

    /// <summary>How much it counts beside the others: a gradient as often as it has events, a movement once.</summary>
    public double Weight { get; set; }

    /// <summary>What the values are multiplied by.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>One for each source that saw events, in the order of their first contributions.</summary>
    public static SourceUpdate[] Of(IEnumerable<Contribution> round, UpdateKind kind, DenseLayout layout) =>
        [.. round
            .Where(contribution => contribution.Events > 0)
            .GroupBy(contribution => contribution.Source?.Value ?? (object)contribution)
            .Select(source => Add([.. source], kind, layout))];

    private static SourceUpdate Add(Contribution[] contributions, UpdateKind kind, DenseLayout layout)
    {
        float[] sum = new float[layout.Length];
        foreach (Contribution contribution in contributions)
        {
            Vectors.Axpy(contribution.Weight, layout.Gather(contribution.Tensors), sum);
        }

        if (kind == UpdateKind.Delta)
        {
            return new SourceUpdate(sum, 1);
        }

        long events = contributions.Sum(contribution => contribution.Events);
        Vectors.Scale(1f / events, sum);
        return new SourceUpdate(sum, events);
    }

    private static double Length(ReadOnlySpan<float> values)
    {
        double squares = 0;
        foreach (float value in values)
        {
            squares += (double)value * value;
        }

        return Math.Sqrt(squares);
    }
}
