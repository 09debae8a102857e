namespace NestedLearning.Cli.Doctor;

/// <summary>What a check found.</summary>
internal enum CheckState
{
    /// <summary>Good.</summary>
    Good,

    /// <summary>Something will be slow or is missing, but the rest works.</summary>
    Warning,

    /// <summary>Training or serving cannot work.</summary>
    Failed,
}

/// <summary>One line of the report.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Value">What was found.</param>
/// <param name="State">Whether that is good.</param>
/// <param name="Advice">What to do about it; null if nothing.</param>
internal sealed record DoctorCheck(
    string Name, string Value, CheckState State = CheckState.Good, string? Advice = null);
