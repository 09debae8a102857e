using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>The fast memory of one tenant or worker. Its key is <c>model/tenant</c>.</summary>
[Alias("nl.IFastMemoryGrain")]
public interface IFastMemoryGrain : IGrainWithStringKey
{
    /// <summary>Predicts and learns a batch, or as much of it as is possible in a while.</summary>
    [Alias("Feed")]
    ValueTask<FeedReply> FeedAsync(FeedRequest request, CancellationToken cancellationToken);

    /// <summary>Ends the memory's period, and waits for a while until what it learned is durable above.</summary>
    [Alias("Flush")]
    ValueTask<FlushReply> FlushAsync(string source, long ticket, long after, CancellationToken cancellationToken);

    /// <summary>Makes what is learned durable, without ending the period.</summary>
    [Alias("Save")]
    ValueTask<ReceiptReply> SaveAsync(string source, CancellationToken cancellationToken);

    /// <summary>Answers without learning.</summary>
    /// <param name="inputs">The questions.</param>
    /// <param name="seen">
    /// The versions of the shared levels that whoever asks has seen, fastest first, or none: the answers are not of older ones.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    [Alias("Predict")]
    ValueTask<PredictReply> PredictAsync(ModelInput[] inputs, long[] seen, CancellationToken cancellationToken);

    /// <summary>Stops the memory without saving it, and deletes its state; answers whether there was something.</summary>
    [Alias("Forget")]
    ValueTask<bool> ForgetAsync(CancellationToken cancellationToken);

    /// <summary>A page of what the memory is at the moment of the first.</summary>
    /// <param name="export">Names the export.</param>
    /// <param name="page">The page, from 0; the last one may be asked for again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [Alias("Export")]
    ValueTask<ExportPage> ExportAsync(Guid export, int page, CancellationToken cancellationToken);

    /// <summary>How the memory stands.</summary>
    [Alias("Status")]
    ValueTask<MemoryReply> GetStatusAsync(CancellationToken cancellationToken);
}
