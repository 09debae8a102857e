using System.Buffers;
using System.Text;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>What the classifier accepts from outside. What passes here never fails further in.</summary>
internal static class ClassifierGuard
{
    /// <summary>Refuses a text that is too long.</summary>
    public static string Checked(string? text, ClassifierSpec spec) => text is not null && text.Length <= spec.MaxTextLength
        ? text
        : throw Refused("text", text is null ? "is missing" : $"has {text.Length} characters", $"at most {spec.MaxTextLength}");

    /// <summary>Refuses features that are no sparse vector of the model's length, or too large for its sums.</summary>
    public static SparseVector Checked(in SparseVector features, ClassifierSpec spec)
    {
        ReadOnlySpan<ushort> indices = features.Indices.Span;
        ReadOnlySpan<float> values = features.Values.Span;
        if (indices.Length != values.Length)
        {
            throw Refused("features", $"has {indices.Length} indices and {values.Length} values", "one value for each index");
        }

        for (int i = 0; i < indices.Length; i++)
        {
            if (indices[i] >= spec.Features || (i > 0 && indices[i - 1] >= indices[i]))
            {
                throw Refused("features", $"has the index {indices[i]} at place {i}", $"indices that rise strictly, below {spec.Features}");
            }
        }

        if (!IsWithin(values, ClassifierSpec.MaxKeyNorm))
        {
            throw Refused("features", "is too long a vector, or holds NaN or infinity", $"an L2 norm up to {ClassifierSpec.MaxKeyNorm}");
        }

        return features;
    }

    /// <summary>Refuses a label that is no class name, or one class more than the model takes.</summary>
    public static void CheckLabel(string? label, ClassTable classes, ClassifierSpec spec)
    {
        if (label is null || label.Length is 0 or > ClassifierSpec.MaxLabelLength)
        {
            throw Refused("label", $"has {label?.Length ?? 0} characters", $"1 to {ClassifierSpec.MaxLabelLength}");
        }

        if (classes.Contains(label))
        {
            return;
        }

        if (!IsText(label))
        {
            throw Refused("label", "holds half a surrogate pair", "whole characters");
        }

        if (classes.Count >= spec.MaxClasses)
        {
            throw Refused("label", $"'{label}' is one class more than the model takes", $"at most {spec.MaxClasses} classes");
        }
    }

    /// <summary>Whether a vector's L2 norm is at most <paramref name="limit"/>; false where it is not a number.</summary>
    public static bool IsWithin(ReadOnlySpan<float> values, double limit)
    {
        double squares = 0;
        foreach (float value in values)
        {
            squares += (double)value * value;
        }

        return squares <= limit * limit;
    }

    /// <summary>Whether all of it is whole characters.</summary>
    public static bool IsText(ReadOnlySpan<char> label)
    {
        while (!label.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(label, out _, out int length) != OperationStatus.Done)
            {
                return false;
            }

            label = label[length..];
        }

        return true;
    }

    private static InvalidInputException Refused(string field, string problem, string accepted) => new(field, problem, accepted);
}
