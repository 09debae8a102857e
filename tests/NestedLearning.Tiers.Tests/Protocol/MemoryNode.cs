using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Protocol;

/// <summary>A fast memory and its host, cut into steps between which it can crash.</summary>
internal sealed class MemoryNode
{
    private static readonly LevelId Level = ClassifierSpec.SlowLevel;

    private readonly ProtocolSettings _settings;
    private readonly MemoryAddress _address;
    private byte[]? _durable;
    private byte[]? _saving;
    private bool _isHalfDone;

    public MemoryNode(int index, ProtocolSettings settings)
    {
        _settings = settings;
        _address = new MemoryAddress(ProtocolSettings.Model, new TenantId($"t{index}"));
        Clients = [.. settings.Streams[index].Select((events, i) => new ProtocolClient(new SourceId($"s{i}"), events, settings.Broken))];
        Memory = new FastMemory(_address, settings.Spec, settings.Policy);
    }

    public ProtocolClient[] Clients { get; }

    public FastMemory Memory { get; private set; }

    public SourceId Source => _address.Source;

    /// <summary>Answers to a life that has ended reach nobody.</summary>
    public int Life { get; private set; }

    public LevelVersion? Adopted { get; private set; }

    /// <summary>Between a save and its confirmation a host calls nothing else.</summary>
    public bool IsServing => _saving is null && Adopted is not null;

    public int InFlight => Memory.InFlight(Level);

    /// <summary>What may be sent now.</summary>
    public IReadOnlyList<OutboxEntry> Sendable => IsServing ? Memory.Sendable(Level) : [];

    /// <summary>One step of the host towards a saved state; it may fail before the state is written.</summary>
    public void Save(bool fails)
    {
        if (_saving is null)
        {
            _saving = Memory.HasUnsaved && IsServing ? Memory.Save() : null;
        }
        else if (fails && !_isHalfDone)
        {
            _saving = null;
        }
        else if (_isHalfDone == (_settings.Broken == BrokenRule.MemoryConfirmsBeforeItSaves))
        {
            Write();
        }
        else
        {
            Confirm();
        }
    }

    public void Adopt(long from, VersionReply reply)
    {
        if (_saving is not null || from != (Adopted?.Number ?? -1))
        {
            return;
        }

        LevelVersion? version = Adopted;
        foreach (ReadOnlyMemory<byte> frame in reply.Frames)
        {
            version = LevelVersions.Follow(version, frame);
        }

        ProtocolViolation.Require(version!.Number == reply.Version, "frames lead to the version that the reply names");
        Memory.Adopt(Level, version, reply.Marks);
        Adopted = version;
    }

    public void Accept(Receipt receipt)
    {
        if (_saving is null)
        {
            Memory.Accept(Level, receipt);
        }
    }

    /// <summary>Ends this life and starts the next one from what is durable.</summary>
    public void Crash()
    {
        Life++;
        Adopted = null;
        _saving = null;
        _isHalfDone = false;
        Memory = new FastMemory(_address, _settings.Spec, _settings.Policy);
        if (_durable is not null && _settings.Broken != BrokenRule.MemoryForgetsItsState)
        {
            Memory.Load(_durable);
        }

        foreach (ProtocolClient client in Clients)
        {
            client.MemoryCrashed();
            ProtocolViolation.Require(
                Memory.ReceiptFor(client.Source).DurableThrough >= client.Durable, "what a memory called durable survives its crash");
        }
    }

    private void Write()
    {
        _durable = _saving;
        Advance();
    }

    private void Confirm()
    {
        Memory.ConfirmSaved(_saving!.Length);
        foreach (ProtocolClient client in Clients)
        {
            client.Take(Memory);
        }

        Advance();
    }

    private void Advance()
    {
        _saving = _isHalfDone ? null : _saving;
        _isHalfDone = !_isHalfDone;
    }
}
