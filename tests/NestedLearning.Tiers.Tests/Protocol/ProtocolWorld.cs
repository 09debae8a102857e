using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Protocol;

/// <summary>
/// Memories, a consolidator and a network between them, all driven by one random number generator: messages are lost,
/// doubled and reordered, hosts crash between any two of their steps, saves fail. No threads and no clock.
/// </summary>
internal sealed class ProtocolWorld
{
    private readonly ProtocolSettings _settings;
    private readonly Random _random;
    private readonly List<Action> _network = [];
    private readonly Dictionary<long, byte[]> _replicas = [];
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;
    private double _faultRate;

    public ProtocolWorld(ProtocolSettings settings)
    {
        _settings = settings;
        _random = new Random(settings.Seed);
        _faultRate = settings.FaultRate;
        Memories = [.. Enumerable.Range(0, settings.Memories).Select(i => new MemoryNode(i, settings))];
        Level = new ConsolidatorNode(settings);
    }

    public MemoryNode[] Memories { get; }

    public ConsolidatorNode Level { get; }

    /// <summary>Random steps, with whatever goes wrong, and then as many without faults as everything needs to settle.</summary>
    public void Run(int steps, Action<MemoryNode> teach)
    {
        for (int i = 0; i < steps && !IsSettled; i++)
        {
            Step(teach);
        }

        _faultRate = 0;
        for (int i = 0; i < 100_000; i++)
        {
            Step(teach);
            if (IsSettled)
            {
                return;
            }
        }

        throw new ProtocolViolation(
            $"once nothing goes wrong any more, everything becomes durable and adopted: {Level.Consolidator.Published.Events} events folded, "
            + string.Join(", ", Memories.Select(memory => $"{memory.Clients.Sum(client => client.Durable)} durable with {memory.InFlight} under way at version {memory.Adopted?.Number}")));
    }

    private bool IsSettled =>
        Level.IsServing && !Level.Consolidator.HasUnsavedFold
        && Memories.All(memory => memory.InFlight == 0
            && memory.Clients.All(client => client.IsDurable)
            && memory.Adopted?.Number == Level.Consolidator.Published.Number)
        && Level.Consolidator.Published.Events >= _settings.AllEvents.Count();

    private void Step(Action<MemoryNode> teach)
    {
        MemoryNode memory = Memories[_random.Next(Memories.Length)];
        switch (_random.Next(16))
        {
            case < 3 when memory.IsServing:
                teach(memory);
                break;
            case < 5:
                memory.Save(Fails());
                break;
            case < 7 when HasRoom:
                Send(memory);
                break;
            case < 9 when HasRoom && (memory.IsServing || memory.Adopted is null):
                Pull(memory);
                break;
            case < 12:
                Deliver();
                break;
            case < 14:
                Level.Advance(_now, Fails());
                if (!Level.IsServing && Fails() && _random.Next(4) == 0)
                {
                    Level.Crash();
                }

                break;
            case 14 when Fails():
                Crash(memory);
                break;
            default:
                _now += TimeSpan.FromSeconds(_random.Next(10));
                break;
        }
    }

    /// <summary>Hosts wait for answers before they ask again, more or less.</summary>
    private bool HasRoom => _network.Count < 3 * Memories.Length;

    private bool Fails() => _random.NextDouble() < _faultRate;

    private void Crash(MemoryNode memory)
    {
        if (_random.Next(3) == 0)
        {
            Level.Crash();
        }
        else
        {
            memory.Crash();
        }
    }

    private void Send(MemoryNode memory)
    {
        int life = memory.Life;
        foreach (OutboxEntry entry in memory.Sendable)
        {
            byte[] update = entry.Frame.ToArray();
            Post(() =>
            {
                Receipt receipt = Level.Submit(update, memory.Source, _now);
                Post(() => Answer(memory, life, () => memory.Accept(receipt)));
            });
        }
    }

    private void Pull(MemoryNode memory)
    {
        int life = memory.Life;
        long from = memory.Adopted?.Number ?? -1;
        Post(() =>
        {
            VersionReply reply = Level.Pull(memory.Source, from);
            CheckReplica(Level.Consolidator.Published);
            Post(() => Answer(memory, life, () => Adopt(memory, from, reply)));
        });
    }

    private void Adopt(MemoryNode memory, long from, VersionReply reply)
    {
        memory.Adopt(from, reply);
        if (memory.Adopted is { } adopted)
        {
            CheckReplica(adopted);
        }
    }

    /// <summary>Everybody who ever holds a version holds the same bits.</summary>
    private void CheckReplica(LevelVersion version)
    {
        byte[] bits = Bits(version);
        _replicas.TryAdd(version.Number, bits);
        ProtocolViolation.Require(bits.AsSpan().SequenceEqual(_replicas[version.Number]), $"version {version.Number} is the same to the bit everywhere");
    }

    public static byte[] Bits(LevelVersion version)
    {
        FrameHeader header = new(FrameKind.Version, ProtocolSettings.Model)
        {
            Level = ClassifierSpec.SlowLevel,
            Sequence = version.Number,
            Events = version.Events,
        };
        return FrameCodec.Encode(new Frame(header, version.Tensors), EncodingPolicy.Lossless);
    }

    private static void Answer(MemoryNode memory, int life, Action answer)
    {
        if (memory.Life == life)
        {
            answer();
        }
    }

    private void Post(Action message)
    {
        if (!Fails())
        {
            _network.Add(message);
        }

        if (Fails())
        {
            _network.Add(message);
        }
    }

    /// <summary>Delivers any message: they overtake each other.</summary>
    private void Deliver()
    {
        if (_network.Count > 0 && Level.IsServing)
        {
            int index = _random.Next(_network.Count);
            Action message = _network[index];
            _network.RemoveAt(index);
            message();
        }
    }

    /// <summary>Feeds a memory up to the end of its streams, with a flush now and then and at the end.</summary>
    public void TeachAnyhow(MemoryNode memory)
    {
        ProtocolClient client = memory.Clients[_random.Next(memory.Clients.Length)];
        client.Feed(memory.Memory, _random, client.Count);
        bool isDone = memory.Clients.All(c => c.HasFed);
        bool isBehind = memory.InFlight == 0 && Level.Consolidator.Published.Events < _settings.AllEvents.Count();
        if (_random.Next(20) == 0 || (isDone && isBehind))
        {
            memory.Memory.Flush(client.Source, new FlushTicket(_random.NextInt64(1, long.MaxValue)));
        }
    }

    /// <summary>Feeds a memory the chunk of this many events that is not durable yet, and flushes once after it.</summary>
    public void TeachInChunks(MemoryNode memory, int chunk)
    {
        ProtocolClient client = memory.Clients[0];
        if (memory.InFlight > 0 || client.IsDurable)
        {
            return;
        }

        long end = (client.Durable / chunk * chunk) + chunk;
        client.Feed(memory.Memory, _random, end);
        if (client.Durable < end && memory.Memory.ReceiptFor(client.Source).AppliedThrough == end)
        {
            memory.Memory.Flush(client.Source, new FlushTicket(end));
        }
    }
}
