namespace NestedLearning.Models;

/// <summary>How a model learns one text after the other.</summary>
/// <param name="Model">Its shape.</param>
/// <param name="Training">How it learns each text: its steps, and a schedule that begins with each.</param>
public sealed record ContinualSettings(SequenceSettings Model, SequenceTrainingSettings Training)
{
    /// <summary>After how many steps there is an outer step; default 32.</summary>
    public int OuterPeriod { get; init; } = 32;

    /// <summary>The part of the way that remains after an outer step, above 0 to 1; default 0.5.</summary>
    public double OuterRate { get; init; } = 0.5;

    /// <summary>The part of a batch that is from earlier texts, or from the reservoir, 0 to below 1; default an eighth.</summary>
    public double ReplayShare { get; init; } = 0.125;

    /// <summary>How many windows the reservoir holds, 1 or more; default 256.</summary>
    public int ReservoirWindows { get; init; } = 256;

    /// <summary>The length of the keys of the memory that reads out, 1 to 16,384; default 512. A window costs its square for each token.</summary>
    public int ReadOutFeatures { get; init; } = 512;

    /// <summary>How many windows tell whose a text is; default 4.</summary>
    public int WindowsToFind { get; init; } = 4;

    /// <summary>
    /// The learning rate of shared levels once a tenant relies on them, as a part of what it was for the first, above 0 to 1; default a
    /// tenth. The higher, the more later tenants give to the shared levels, and the more earlier ones forget.
    /// </summary>
    public double SharedRate { get; init; } = 0.1;

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public void Validate()
    {
        Model.Validate();
        Training.Validate();
        List<string> violations = [];
        Check(OuterPeriod >= 1, nameof(OuterPeriod), OuterPeriod, "1 or more");
        Check(OuterRate is > 0 and <= 1, nameof(OuterRate), OuterRate, "above 0, at most 1");
        Check(ReplayShare is >= 0 and < 1, nameof(ReplayShare), ReplayShare, "0 to below 1");
        Check(ReservoirWindows >= 1, nameof(ReservoirWindows), ReservoirWindows, "1 or more");
        Check(ReadOutFeatures is >= 1 and <= 16_384, nameof(ReadOutFeatures), ReadOutFeatures, "1 to 16384");
        Check(WindowsToFind >= 1, nameof(WindowsToFind), WindowsToFind, "1 or more");
        Check(SharedRate is > 0 and <= 1, nameof(SharedRate), SharedRate, "above 0, at most 1");
        if (violations.Count > 0)
        {
            throw new InvalidSpecException(violations);
        }

        void Check<T>(bool holds, string setting, T value, string accepted)
        {
            if (!holds)
            {
                violations.Add(FormattableString.Invariant($"{setting} is {value}, accepted: {accepted}"));
            }
        }
    }
}
