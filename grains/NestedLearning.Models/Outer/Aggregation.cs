using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Makes one direction of a round's updates: their weighted mean, of clipped updates where that is asked for and without those that
/// point elsewhere than the others, or the coordinate-wise trimmed mean (Yin and others, arXiv 1803.01498, Definition 2).
/// </summary>
internal static class Aggregation
{
    /// <summary>The direction [n]; null where nobody saw an event.</summary>
    public static float[]? Combine(SourceUpdate[] updates, AggregationSettings settings)
    {
        if (updates.Length == 0)
        {
            return null;
        }

        Clip(updates, settings);
        if (settings.MinCosine is { } smallest)
        {
            updates = LeaveOutOpposed(updates, smallest);
        }

        // A product like 0.29 * 100 may come out just below the whole number that is meant.
        int trimmed = (int)Math.Floor((settings.Trim * updates.Length) + 1e-9);
        return trimmed == 0 ? Mean(updates) : TrimmedMean(updates, trimmed);
    }

    private static void Clip(SourceUpdate[] updates, AggregationSettings settings)
    {
        double longest = settings.MaxNorm ?? double.PositiveInfinity;
        if (settings.ClipToMedian is { } multiple)
        {
            longest = Math.Min(longest, multiple * Median(updates, update => update.Norm));
            double heaviest = multiple * Median(updates, update => update.Weight);
            foreach (SourceUpdate update in updates)
            {
                update.Weight = Math.Min(update.Weight, heaviest);
            }
        }

        foreach (SourceUpdate update in updates.Where(update => update.Norm > longest))
        {
            update.Scale = longest / update.Norm;
        }
    }

    private static SourceUpdate[] LeaveOutOpposed(SourceUpdate[] updates, double smallest)
    {
        float[] mean = Mean(updates);
        double weight = updates.Sum(update => update.Weight);
        SourceUpdate[] opposed = [.. updates
            .Select(update => (Update: update, Cosine: CosineToOthers(update)))
            .Where(pair => pair.Cosine < smallest)
            .OrderBy(pair => pair.Cosine)
            .Take(updates.Length / 2)
            .Select(pair => pair.Update)];
        return [.. updates.Except(opposed)];

        // The others are what is left of the mean without this one; only their direction matters.
        double CosineToOthers(SourceUpdate update)
        {
            double share = update.Weight * update.Scale / weight;
            double dot = 0;
            double squares = 0;
            for (int i = 0; i < mean.Length; i++)
            {
                double others = mean[i] - (share * update.Values[i]);
                dot += others * update.Values[i];
                squares += others * others;
            }

            return dot / Math.Max(Math.Sqrt(squares) * update.Norm, double.Epsilon);
        }
    }

    private static float[] Mean(SourceUpdate[] updates)
    {
        double weight = updates.Sum(update => update.Weight);
        float[] mean = new float[updates[0].Values.Length];
        foreach (SourceUpdate update in updates)
        {
            Vectors.Axpy((float)(update.Weight * update.Scale / weight), update.Values, mean);
        }

        return mean;
    }

    private static float[] TrimmedMean(SourceUpdate[] updates, int trimmed)
    {
        float[] mean = new float[updates[0].Values.Length];
        Span<float> values = new float[updates.Length];
        for (int i = 0; i < mean.Length; i++)
        {
            for (int s = 0; s < updates.Length; s++)
            {
                values[s] = (float)(updates[s].Scale * updates[s].Values[i]);
            }

            values.Sort();
            double sum = 0;
            foreach (float value in values[trimmed..^trimmed])
            {
                sum += value;
            }

            mean[i] = (float)(sum / (values.Length - (2 * trimmed)));
        }

        return mean;
    }

    /// <summary>The lower one of two in the middle, so that as many as half of the updates cannot raise it at will.</summary>
    private static double Median(SourceUpdate[] updates, Func<SourceUpdate, double> measure) =>
        updates.Select(measure).Order().ElementAt((updates.Length - 1) / 2);
}
