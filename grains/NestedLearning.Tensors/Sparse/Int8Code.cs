namespace NestedLearning.Tensors;

/// <summary>
/// Eight-bit values relative to the largest magnitude of their group: <c>value = code * scale / 127</c>, with codes
/// from -127 to 127 and <c>scale = max |value|</c>. The largest magnitude comes back exactly, so coding what was
/// decoded gives the same codes and the same scale again.
/// </summary>
public static class Int8Code
{
    private const float Steps = 127;

    /// <summary>Codes <paramref name="values"/>, which must be finite; the error of a value is at most scale / 254.</summary>
    /// <returns>The scale: the largest magnitude, 0 for an empty or all-zero group.</returns>
    public static float Encode(ReadOnlySpan<float> values, Span<sbyte> codes)
    {
        float scale = 0;
        foreach (float value in values)
        {
            scale = MathF.Max(scale, MathF.Abs(value));
        }

        for (int i = 0; i < values.Length; i++)
        {
            codes[i] = scale == 0 ? (sbyte)0 : (sbyte)MathF.Round(values[i] / scale * Steps);
        }

        return scale;
    }

    /// <summary>Turns codes back into values.</summary>
    public static void Decode(ReadOnlySpan<sbyte> codes, float scale, Span<float> values)
    {
        for (int i = 0; i < codes.Length; i++)
        {
            values[i] = codes[i] / Steps * scale;
        }
    }
}
