namespace NestedLearning.Cli.Commands;

/// <summary>What a study does when nothing is said: something that takes about a minute.</summary>
internal sealed record StudyDefaults
{
    public string Mixers { get; init; } = "hope,gated-delta";

    public required int Steps { get; init; }

    public double Rate { get; init; } = 3e-3;

    public int Batch { get; init; } = 64;

    public int Width { get; init; } = 128;

    public int Blocks { get; init; } = 2;

    /// <summary>The streams of each test; null where nothing is asked.</summary>
    public int? Questions { get; init; } = 256;
}
