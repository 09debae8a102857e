using System.Text;
using NestedLearning.Models;

namespace NestedLearning.Grains.Tests.Training;

/// <summary>Data in the memory of the test, as every silo reads it.</summary>
internal sealed class TextData(string text) : ITrainingDataSource
{
    /// <summary>The one address that there is.</summary>
    public const string Address = "memory";

    /// <summary>Which opening counts the events, after the one that looks whether the data is there.</summary>
    public const int Survey = 2;

    /// <summary>Which opening is the first to learn.</summary>
    public const int FirstLearning = 3;

    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _heldIsClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _opened;
    private int _hung;

    /// <summary>What it says; a test may change it.</summary>
    public string Text { get; set; } = text;

    /// <summary>Which opening, from 1, cannot read the end of the data before <see cref="Release"/>; 0 for none.</summary>
    public int HeldOpening { get; init; }

    /// <summary>Says of an opening whether it hangs; the first one it says this of does.</summary>
    public Func<Task<bool>>? HangsWhen { get; set; }

    /// <summary>The first of the openings that fail as if a network did; 0 for none.</summary>
    public int BrokenFrom { get; init; }

    /// <summary>The last of them.</summary>
    public int BrokenThrough { get; init; }

    /// <summary>Whether there is nothing any more.</summary>
    public bool IsGone { get; set; }

    /// <summary>Ends when the reader that was held has closed its data.</summary>
    public Task HeldIsClosed => _heldIsClosed.Task;

    public static string Lines(int events) => string.Join('\n', Enumerable.Range(0, events).Select(Line));

    /// <summary>The event at a position: seven classes in blocks of four.</summary>
    public static LearningEvent Event(int position, long sequence) =>
        new(sequence, new TextInput($"word{position % 11} word{position % 3}"), $"class {position / 4 % 7}");

    public void Release() => _held.TrySetResult();

    public async ValueTask<TrainingData> OpenAsync(string address, CancellationToken cancellationToken)
    {
        if (address != Address || IsGone)
        {
            throw new DataException(address, null, "no such data");
        }

        int opening = Interlocked.Increment(ref _opened);
        if (opening >= BrokenFrom && opening <= BrokenThrough)
        {
            throw new DataException(address, null, "the connection is gone", new IOException());
        }

        if (HangsWhen is { } hangs && await hangs() && Interlocked.Exchange(ref _hung, 1) == 0)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        byte[] bytes = Encoding.UTF8.GetBytes(Text);
        Stream stream = opening == HeldOpening ? new HeldStream(bytes, this) : new MemoryStream(bytes);
        return new TrainingData(stream, $"{bytes.Length} bytes");
    }

    private static string Line(int position)
    {
        LearningEvent next = Event(position, 1);
        return $$"""{"text":"{{((TextInput)next.Input).Text}}","label":"{{next.Label}}"}""";
    }

    /// <summary>Its end is not seen before it is released.</summary>
    private sealed class HeldStream(byte[] bytes, TextData data) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await base.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                await data._held.Task.WaitAsync(cancellationToken);
            }

            return read;
        }

        protected override void Dispose(bool disposing)
        {
            data._heldIsClosed.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
