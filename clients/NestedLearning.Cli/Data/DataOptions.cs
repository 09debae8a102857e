using NestedLearning.Models;

namespace NestedLearning.Cli.Data;

/// <summary>How <c>--data</c> is read.</summary>
internal sealed record DataOptions
{
    /// <summary>The names of the fields or columns.</summary>
    public FieldNames Fields { get; init; } = new();

    /// <summary>What a line may hold.</summary>
    public ReadingLimits Limits { get; init; } = new();

    /// <summary>What to take of <c>builtin:dotnet-messages</c>.</summary>
    public DotnetMessagesOptions Messages { get; init; } = new();

    /// <summary>Opens standard input, for <c>-</c>.</summary>
    public Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;
}
