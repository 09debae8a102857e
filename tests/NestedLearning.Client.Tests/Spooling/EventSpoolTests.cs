using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Client.Tests.Spooling;

/// <summary>What a spool file holds after whatever happened to it.</summary>
public sealed class EventSpoolTests : IDisposable
{
    private readonly SpoolFolder _folder = new();

    [Fact]
    public async Task ReadAsync_AfterReopening_HasWhatWasKept()
    {
        LearningEvent text = new(1, new TextInput("a \"b\"\n\u00e4\ud83d\ude00"), "x");
        LearningEvent features = new(5, new FeatureInput(new SparseVector(new ushort[] { 3, 9 }, new[] { 0.5f, -2f })), "y");
        using (EventSpool spool = _folder.Open())
        {
            spool.Append([text]);
            spool.Append([features]);
        }

        using EventSpool again = _folder.Open();
        (long after, IReadOnlyList<LearningEvent> events) = await again.ReadAsync(default);

        Assert.Equal((0, 5), (after, again.Last));
        Assert.Equal(text, events[0]);
        SparseVector read = Assert.IsType<FeatureInput>(events[1].Input).Features;
        Assert.Equal((ushort[])[3, 9], read.Indices.ToArray());
        Assert.Equal((float[])[0.5f, -2f], read.Values.ToArray());
    }

    [Fact]
    public async Task ReadAsync_CutOffAnywhere_HasTheRecordsBefore()
    {
        using (EventSpool spool = _folder.Open())
        {
            spool.Append(TestServer.Events(1, 3));
            spool.Append(TestServer.Events(4, 2));
        }

        byte[] whole = File.ReadAllBytes(_folder.File);
        int first = SpoolRecord.LengthOf(whole)!.Value;
        for (int length = 1; length < whole.Length; length++)
        {
            File.WriteAllBytes(_folder.File, whole[..length]);
            using EventSpool spool = _folder.Open();

            Assert.Equal(length < first ? [] : [1, 2, 3], await SpoolFolder.NumbersAsync(spool));
        }
    }

    [Fact]
    public async Task Append_AfterACutOffRecord_TakesItsPlace()
    {
        using (EventSpool spool = _folder.Open())
        {
            spool.Append(TestServer.Events(1, 3));
            spool.Append(TestServer.Events(4, 2));
        }

        File.WriteAllBytes(_folder.File, File.ReadAllBytes(_folder.File)[..^1]);
        using EventSpool again = _folder.Open();
        await again.ReadAsync(default);
        again.Append(TestServer.Events(9, 1));

        Assert.Equal([1, 2, 3, 9], await SpoolFolder.NumbersAsync(again));
    }

    [Fact]
    public async Task ReadAsync_AnyByteOfAnEarlierRecordFlipped_SaysThatItIsDamaged()
    {
        using (EventSpool spool = _folder.Open())
        {
            spool.Append(TestServer.Events(1, 1));
            spool.Append(TestServer.Events(2, 1));
        }

        byte[] whole = File.ReadAllBytes(_folder.File);
        for (int i = 0; i < SpoolRecord.LengthOf(whole); i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x10;
            File.WriteAllBytes(_folder.File, damaged);
            using EventSpool spool = _folder.Open();

            SpoolException error = await Assert.ThrowsAsync<SpoolException>(() => spool.ReadAsync(default));

            Assert.Equal((SpoolProblem.Damaged, _folder.File), (error.Problem, error.Path));
            Assert.Equal(whole.Length, new FileInfo(_folder.File).Length);
        }
    }

    [Fact]
    public async Task ReadAsync_ZerosAtTheEnd_AreNoRecord()
    {
        using (EventSpool spool = _folder.Open())
        {
            spool.Append(TestServer.Events(1, 3));
        }

        File.AppendAllText(_folder.File, new string('\0', 4096));
        using EventSpool again = _folder.Open();

        Assert.Equal([1, 2, 3], await SpoolFolder.NumbersAsync(again));
    }

    [Fact]
    public void Open_InUse_SaysSo()
    {
        using EventSpool spool = _folder.Open();

        SpoolException error = Assert.Throws<SpoolException>(() => _folder.Open());

        Assert.Equal(SpoolProblem.InUse, error.Problem);
    }

    [Fact]
    public void Open_NoFolder_SaysSo()
    {
        File.WriteAllText(_folder.File, "");

        SpoolException error = Assert.Throws<SpoolException>(() => EventSpool.Open(Path.Combine(_folder.File, "test.spool"), 4096));

        Assert.Equal(SpoolProblem.Unavailable, error.Problem);
    }

    [Fact]
    public async Task Append_BeyondTheBound_IsRefusedAndKeepsTheRest()
    {
        using EventSpool spool = _folder.Open(maxBytes: 4096);
        spool.Append(TestServer.Events(1, 20));

        Assert.False(spool.TryAppend(TestServer.Events(21, 200)));
        Assert.Equal(SpoolProblem.Full, Assert.Throws<SpoolException>(() => spool.Append(TestServer.Events(21, 200))).Problem);

        Assert.Equal(20, (await SpoolFolder.NumbersAsync(spool)).Count);
    }

    [Fact]
    public async Task Release_PartOfIt_IsLeftOutWhenItIsReadAgain()
    {
        using EventSpool spool = _folder.Open();
        spool.Append(TestServer.Events(1, 10));
        spool.Append(TestServer.Events(11, 10));
        spool.Release(15);
        spool.Append(TestServer.Events(21, 1));

        (long after, IReadOnlyList<LearningEvent> events) = await spool.ReadAsync(default);

        Assert.Equal(15, after);
        Assert.Equal([16, 17, 18, 19, 20, 21], events.Select(kept => kept.Sequence));
    }

    [Fact]
    public void Release_All_DeletesTheFileInTheEnd()
    {
        using (EventSpool spool = _folder.Open())
        {
            spool.Append(TestServer.Events(1, 10));
            spool.Release(10);
            Assert.Equal(0, new FileInfo(_folder.File).Length);
        }

        Assert.False(File.Exists(_folder.File));
    }

    [Fact]
    public async Task Release_LongFeedThatIsNeverDurableToItsEnd_KeepsTheFileSmall()
    {
        using EventSpool spool = _folder.Open();
        for (int i = 0; i < 300; i++)
        {
            spool.Append(TestServer.Events((i * 20) + 1, 20));
            spool.Release(i * 20);
        }

        Assert.InRange(new FileInfo(_folder.File).Length, 1, 200_000);
        Assert.Equal(5981, (await SpoolFolder.NumbersAsync(spool))[0]);
    }

    [Fact]
    public async Task TakeBack_RefusedEvent_LeavesTheOnesBefore()
    {
        using EventSpool spool = _folder.Open();
        spool.Append(TestServer.Events(1, 2));
        IReadOnlyList<LearningEvent> added = TestServer.Events(3, 5);
        spool.Append(added);

        spool.TakeBack(added, after: 4);

        Assert.Equal([1, 2, 3, 4], await SpoolFolder.NumbersAsync(spool));
        Assert.Equal(4, spool.Last);
    }

    [Fact]
    public async Task SetAside_BeginsAnewAndKeepsTheFile()
    {
        using EventSpool spool = _folder.Open();
        spool.Append(TestServer.Events(1, 2));

        spool.SetAside();
        spool.Append(TestServer.Events(1, 1));

        Assert.Equal([1], await SpoolFolder.NumbersAsync(spool));
        using EventSpool aside = EventSpool.Open(_folder.File + ".aside-1", 4096);
        Assert.Equal([1, 2], await SpoolFolder.NumbersAsync(aside));
    }

    public void Dispose() => _folder.Dispose();
}
