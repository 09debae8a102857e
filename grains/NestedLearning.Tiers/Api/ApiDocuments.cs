using System.Text.Json.Serialization;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>How a shared level stands.</summary>
/// <inheritdoc cref="LevelStatus"/>
public sealed record LevelDocument(
    string Level, long Version, long Events, long NextPeriod, int RoundContributors, long BytesUp, long BytesDown, double FoldSeconds)
{
    /// <summary>The document of a status.</summary>
    public static LevelDocument From(LevelStatus status) => new(
        status.Level.Value,
        status.Version,
        status.Events,
        status.NextPeriod,
        status.RoundContributors,
        status.Traffic.BytesUp,
        status.Traffic.BytesDown,
        status.FoldTime.TotalSeconds);

    /// <summary>The status that it stands for.</summary>
    public LevelStatus ToStatus() => new(
        new LevelId(Level),
        Version,
        Events,
        NextPeriod,
        RoundContributors,
        new Traffic(BytesUp, BytesDown),
        Seconds.ToTime(FoldSeconds));
}

/// <summary>How a fast memory stands.</summary>
/// <inheritdoc cref="MemoryStatus"/>
public sealed record MemoryDocument(
    long Learned, long Correct, double PrequentialAccuracy, long PrivateBytes, long SavedBytes, double LearnSeconds)
{
    /// <summary>The sum of what the model's own loss said of its events just before they were learned; 0 for a model that has none.</summary>
    public double Loss { get; init; }

    /// <summary>What the texts it has learned cost just before; missing for a model that learns no texts token by token.</summary>
    public CodeLengthDocument? Code { get; init; }

    /// <summary>How many of its events, of all its senders, are in no saved state yet.</summary>
    public long NotDurable { get; init; }

    /// <summary>The document of a status.</summary>
    public static MemoryDocument From(MemoryStatus status) => new(
        status.Learned,
        status.Correct,
        status.PrequentialAccuracy,
        status.PrivateBytes,
        status.SavedBytes,
        status.LearnTime.TotalSeconds)
    {
        Loss = status.Loss,
        Code = CodeLengthDocument.From(status.CodeLength),
        NotDurable = status.NotDurable,
    };

    /// <summary>The status that it stands for.</summary>
    public MemoryStatus ToStatus() =>
        new(Learned, Correct, PrivateBytes, SavedBytes)
        {
            LearnTime = Seconds.ToTime(LearnSeconds),
            Loss = Loss,
            CodeLength = Code?.ToLength() ?? default,
            NotDurable = NotDurable,
        };
}

/// <summary>How long a code of texts is.</summary>
/// <inheritdoc cref="CodeLength"/>
public sealed record CodeLengthDocument(double Bits, long Bytes, double BitsPerByte)
{
    /// <summary>The document of a length; null where there is no text.</summary>
    public static CodeLengthDocument? From(CodeLength length) => length.BitsPerByte is { } bits ? new(length.Bits, length.Bytes, bits) : null;

    /// <summary>The length that it stands for.</summary>
    public CodeLength ToLength() => new(Bits, Bytes);
}

/// <summary>What came of a batch of events, or of a flush.</summary>
/// <inheritdoc cref="FeedReceipt"/>
public sealed record ReceiptDocument(long AppliedThrough, long DurableThrough, int Learned, int Correct)
{
    /// <summary>The sum of what the model's own loss said of those events just before; missing for a model that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double Loss { get; init; }

    /// <summary>What the texts among them cost just before; missing for a model that learns no texts token by token.</summary>
    public CodeLengthDocument? Code { get; init; }

    /// <summary>How many events of the memory, of all its senders, are in no saved state yet; missing for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long NotDurable { get; init; }

    /// <summary>The document of a receipt.</summary>
    public static ReceiptDocument From(FeedReceipt receipt) =>
        new(receipt.Marks.AppliedThrough, receipt.Marks.DurableThrough, receipt.Learned, receipt.Correct)
        {
            Loss = receipt.Loss,
            Code = CodeLengthDocument.From(receipt.CodeLength),
            NotDurable = receipt.NotDurable,
        };

    /// <summary>The receipt that it stands for.</summary>
    public FeedReceipt ToReceipt() => new(new Receipt(AppliedThrough, DurableThrough), Learned, Correct)
    {
        Loss = Loss,
        CodeLength = Code?.ToLength() ?? default,
        NotDurable = NotDurable,
    };
}

/// <summary>An answer; both are null while no class is known.</summary>
public sealed record PredictionDocument(string? Label, float? Score)
{
    /// <summary>The document of an answer. JSON has no infinity.</summary>
    public static PredictionDocument From(Prediction prediction) =>
        new(prediction.Label, float.IsFinite(prediction.Score) ? prediction.Score : null);

    /// <summary>The answer that it stands for.</summary>
    public Prediction ToPrediction() => new(Label, Score ?? float.NegativeInfinity);
}

/// <summary>The answers to questions, in their order.</summary>
public sealed record PredictionsDocument(IReadOnlyList<PredictionDocument> Predictions);

/// <summary>Times as JSON has them.</summary>
internal static class Seconds
{
    /// <summary>The time that these seconds were made from: the nearest tick, where a cast would take the one before.</summary>
    public static TimeSpan ToTime(double seconds) => TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}
