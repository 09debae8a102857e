using System.Buffers;

namespace NestedLearning.Tiers;

/// <summary>What must hold for a frame, whichever way it goes: writer and reader apply the same rules.</summary>
internal static class FrameRules
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789./-");

    public static void Check(FrameHeader header)
    {
        if (!Enum.IsDefined(header.Kind))
        {
            throw new FrameException(FrameProblem.UnknownKind, nameof(header.Kind), $"is {(byte)header.Kind}, which is not known");
        }

        if (!Enum.IsDefined(header.UpdateKind))
        {
            throw new FrameException(
                FrameProblem.UnknownKind, nameof(header.UpdateKind), $"is {(byte)header.UpdateKind}, which is not known");
        }

        CheckIds(header);
        CheckNumber(nameof(header.Shard), header.Shard);
        CheckNumber(nameof(header.Sequence), header.Sequence);
        CheckNumber(nameof(header.BaseVersion), header.BaseVersion);
        CheckNumber(nameof(header.Events), header.Events);
    }

    public static void CheckName(string name)
    {
        if (name.Length is 0 or > FrameFormat.MaxNameLength || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            throw new FrameException(
                FrameProblem.BadName,
                "Tensors",
                $"hold the name '{name}'; accepted are 1 to {FrameFormat.MaxNameLength} of a-z, 0-9, '.', '/' and '-'");
        }
    }

    private static void CheckIds(FrameHeader header)
    {
        bool needsLevel = header.Kind != FrameKind.Snapshot;
        bool needsSource = header.Kind == FrameKind.Update;
        CheckId(nameof(header.Model), header.Model.Value, isRequired: true);
        CheckId(nameof(header.Level), header.Level?.Value, needsLevel);
        CheckId(nameof(header.Source), header.Source?.Value, needsSource);
    }

    private static void CheckId(string field, string? value, bool isRequired)
    {
        if (value is { Length: 0 } || (value is null && isRequired))
        {
            throw new FrameException(FrameProblem.BadId, field, "is empty");
        }
    }

    private static void CheckNumber(string field, long value)
    {
        if (value < 0)
        {
            throw new FrameException(FrameProblem.BadValue, field, $"is {value}, accepted is 0 or more");
        }
    }
}
