namespace NestedLearning.Cli.Demonstrating;

/// <summary>How large <c>nl demo --hope</c> is.</summary>
internal sealed record HopeDemoOptions
{
    /// <summary>The steps on each language in the second part; default 150, with which all takes about two minutes on two cores.</summary>
    public int Steps { get; init; } = 150;

    /// <summary>The steps on one language in the first part, four times as many.</summary>
    public long TierSteps => 4L * Steps;

    /// <summary>The languages in their order, the first of which is also that of the first part; null for five.</summary>
    public string[]? Languages { get; init; }

    /// <summary>How many workers share the levels in the first part.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>At most so many bytes of each language are measured.</summary>
    public int HeldBytes { get; init; } = 16_384;

    /// <summary>The threads of what is not learned by workers.</summary>
    public int Threads { get; init; } = 1;
}
