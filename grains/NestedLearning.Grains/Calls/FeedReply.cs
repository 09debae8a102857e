using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>How far a batch came.</summary>
/// <param name="Marks">What is applied and durable.</param>
/// <param name="Learned">How many new events were learned.</param>
/// <param name="Correct">How many of those were predicted correctly before.</param>
/// <param name="Consumed">How many events of the batch are done with; the rest has to be sent again.</param>
[GenerateSerializer, Immutable, Alias("nl.FeedReply")]
public sealed record FeedReply(
    [property: Id(0)] ReceiptReply Marks, [property: Id(1)] int Learned, [property: Id(2)] int Correct, [property: Id(3)] int Consumed)
{
    /// <summary>The event that is not acceptable, if there is one; the rest of the reply speaks of those before it.</summary>
    [Id(4)]
    public RefusedEvent? Refused { get; init; }

    /// <inheritdoc cref="FeedReceipt.Loss"/>
    [Id(5)]
    public double Loss { get; init; }

    /// <summary>The bits of the code of the texts among them, as in <see cref="FeedReceipt.CodeLength"/>.</summary>
    [Id(6)]
    public double CodeBits { get; init; }

    /// <summary>The bytes of those texts.</summary>
    [Id(7)]
    public long CodeBytes { get; init; }

    /// <inheritdoc cref="FeedReceipt.NotDurable"/>
    [Id(8)]
    public long NotDurable { get; init; }

    /// <summary>The receipt that a sender gets.</summary>
    public FeedReceipt ToReceipt() => new(Marks.ToReceipt(), Learned, Correct)
    {
        Loss = Loss,
        CodeLength = new CodeLength(CodeBits, CodeBytes),
        NotDurable = NotDurable,
    };

    /// <summary>A reply about a batch.</summary>
    public static FeedReply From(FeedProgress progress) => From(progress.Receipt, progress.Consumed);

    /// <summary>A reply about a batch with an event that is not acceptable.</summary>
    public static FeedReply From(EventRefusedException refused) =>
        From(refused.Before, 0) with { Refused = RefusedEvent.From(refused) };

    private static FeedReply From(FeedReceipt receipt, int consumed) =>
        new(ReceiptReply.From(receipt.Marks), receipt.Learned, receipt.Correct, consumed)
        {
            Loss = receipt.Loss,
            CodeBits = receipt.CodeLength.Bits,
            CodeBytes = receipt.CodeLength.Bytes,
            NotDurable = receipt.NotDurable,
        };
}

/// <summary>An event that is not acceptable, and why.</summary>
[GenerateSerializer, Immutable, Alias("nl.RefusedEvent")]
public sealed record RefusedEvent([property: Id(0)] long Sequence, [property: Id(1)] string Field, [property: Id(2)] string Problem)
{
    /// <summary>The error that its sender gets.</summary>
    public EventRefusedException ToError(FeedReceipt before) =>
        new(Sequence, new InvalidInputException(Field, Problem)) { Before = before };

    /// <summary>A refusal as it travels.</summary>
    public static RefusedEvent From(EventRefusedException refused) =>
        new(refused.Sequence, (refused.Reason as InvalidInputException)?.Field ?? "event", refused.Reason.Message);
}

/// <summary>A receipt as it travels.</summary>
[GenerateSerializer, Immutable, Alias("nl.Receipt")]
public readonly record struct ReceiptReply([property: Id(0)] long AppliedThrough, [property: Id(1)] long DurableThrough)
{
    /// <summary>The receipt.</summary>
    public Receipt ToReceipt() => new(AppliedThrough, DurableThrough);

    /// <summary>A receipt as it travels.</summary>
    public static ReceiptReply From(Receipt receipt) => new(receipt.AppliedThrough, receipt.DurableThrough);
}
