using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Feeding;

/// <summary>The way of receipts back to the sender of a stream of events.</summary>
internal interface IFeedAnswers
{
    /// <summary>Whether the sender hears where it stands before it has sent anything.</summary>
    bool BeginAtOnce { get; }

    /// <summary>Sends a receipt, as JSON, at once.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> receipt, CancellationToken cancellationToken);

    /// <summary>Sends why the stream ends.</summary>
    ValueTask EndAsync(ApiProblem problem);
}
