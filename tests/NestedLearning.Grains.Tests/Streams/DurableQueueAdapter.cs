using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace NestedLearning.Grains.Tests.Streams;

/// <summary>A stream provider over <see cref="DurableQueues"/>: it cannot rewind, and acknowledges late.</summary>
internal sealed class DurableQueueAdapter(string name, DurableQueues queues, ILoggerFactory loggers) : IQueueAdapterFactory, IQueueAdapter
{
    private readonly HashRingBasedStreamQueueMapper _mapper = new(new HashRingStreamQueueMapperOptions { TotalQueueCount = 2 }, name);
    private readonly SimpleQueueAdapterCache _cache = new(new SimpleQueueCacheOptions(), name, loggers);

    public string Name => name;

    public bool IsRewindable => false;

    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    public static DurableQueueAdapter Create(IServiceProvider services, string name) =>
        new(name, services.GetRequiredService<DurableQueues>(), services.GetRequiredService<ILoggerFactory>());

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(this);

    public IQueueAdapterCache GetQueueAdapterCache() => _cache;

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => new Receiver(queueId, queues);

    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        queues.Append(_mapper.GetQueueForStream(streamId), streamId, [.. events.OfType<StreamedEvents>()]);
        return Task.CompletedTask;
    }

    private sealed class Receiver(QueueId queue, DurableQueues queues) : IQueueAdapterReceiver
    {
        private long _read;

        public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

        public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
        {
            IList<IBatchContainer> messages = queues.ReadAfter(queue, _read, maxCount < 1 ? 16 : maxCount);
            _read = messages.Count == 0 ? _read : messages[^1].SequenceToken.SequenceNumber;
            return Task.FromResult(messages);
        }

        public Task MessagesDeliveredAsync(IList<IBatchContainer> messages)
        {
            queues.Acknowledge(queue, messages);
            return Task.CompletedTask;
        }

        public Task Shutdown(TimeSpan timeout) => Task.CompletedTask;
    }
}
