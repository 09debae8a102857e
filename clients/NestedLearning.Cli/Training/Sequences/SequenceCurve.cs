namespace NestedLearning.Cli.Training.Sequences;

/// <summary>What was measured so far, and the losses of the steps since.</summary>
internal sealed class SequenceCurve
{
    private readonly List<SequencePoint> _points = [];
    private readonly List<double> _losses = [];

    /// <summary>What was measured, in the order of steps.</summary>
    public IReadOnlyList<SequencePoint> Points => _points;

    /// <summary>The losses of the steps since the last point.</summary>
    public IReadOnlyList<double> Losses => _losses;

    /// <summary>The longest gradient of a step, before it is shortened; 0 where none is known.</summary>
    public double LongestGradient { get; private set; }

    /// <summary>A step had this loss, and a gradient of this length.</summary>
    public void Add(double loss, double gradientNorm = 0)
    {
        _losses.Add(loss);
        LongestGradient = Math.Max(LongestGradient, gradientNorm);
    }

    /// <summary>The validation loss was measured after a step.</summary>
    public void Measure(long step, double validationLoss)
    {
        _points.Add(new SequencePoint(step, _losses.Average(), validationLoss));
        _losses.Clear();
    }

    /// <summary>Whether the validation loss after a step is known.</summary>
    public bool HasPoint(long step) => _points.Count > 0 && _points[^1].Step >= step;

    /// <summary>The mean loss of the steps since the last point, up to this one.</summary>
    /// <param name="step">The last step.</param>
    /// <param name="sum">The sum of the losses of all steps up to it.</param>
    public double MeanSince(long step, double sum)
    {
        long from = 0;
        foreach (SequencePoint point in _points)
        {
            sum -= point.TrainingLoss * (point.Step - from);
            from = point.Step;
        }

        return sum / (step - from);
    }

    /// <summary>Takes up a curve that was saved.</summary>
    public void Load(IEnumerable<SequencePoint> points, IEnumerable<double> losses, double longestGradient)
    {
        LongestGradient = longestGradient;
        _points.AddRange(points);
        _losses.AddRange(losses);
    }
}
