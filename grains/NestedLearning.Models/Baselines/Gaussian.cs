namespace NestedLearning.Models;

/// <summary>Normally distributed numbers from a seeded source.</summary>
internal static class Gaussian
{
    /// <summary>Fills <paramref name="values"/> from N(0, deviation²) by the Box–Muller transform.</summary>
    public static void Fill(Span<float> values, float deviation, Random random)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            double radius = deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = (float)(radius * cosine);
            if (i + 1 < values.Length)
            {
                values[i + 1] = (float)(radius * sine);
            }
        }
    }
}
