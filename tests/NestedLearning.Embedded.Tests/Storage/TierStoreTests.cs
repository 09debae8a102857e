using System.Text;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Storage;

/// <summary>What every store promises. A store's tests add a subclass that says how to make one.</summary>
public abstract class TierStoreTests
{
    private static readonly StateKey Key = StateKey.Parse("m1/levels/slow");
    private static readonly byte[] First = "first"u8.ToArray();
    private static readonly byte[] Second = "second, and longer"u8.ToArray();

    protected abstract ITierStore Store { get; }

    [Fact]
    public async Task LoadAsync_NothingSaved_ReturnsNull() => Assert.Null(await Store.LoadAsync(Key, default));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(4096)]
    [InlineData(1_000_003)]
    public async Task LoadAsync_AfterSave_ReturnsTheSameBytesAndTag(int sizeBytes)
    {
        byte[] state = new byte[sizeBytes];
        new Random(sizeBytes).NextBytes(state);

        string etag = await Store.SaveAsync(Key, state, null, default);

        StoredState? loaded = await Store.LoadAsync(Key, default);
        Assert.NotNull(loaded);
        Assert.Equal(state, loaded.Bytes.ToArray());
        Assert.Equal(etag, loaded.ETag);
    }

    [Fact]
    public async Task SaveAsync_WithTheCurrentTag_ReplacesTheState()
    {
        string etag = await Store.SaveAsync(Key, Second, null, default);
        await Store.SaveAsync(Key, First, etag, default);
        Assert.Equal(First, (await Store.LoadAsync(Key, default))!.Bytes.ToArray());
    }

    [Fact]
    public async Task SaveAsync_TheSameBytesAgain_ChangesTheTag()
    {
        string etag = await Store.SaveAsync(Key, First, null, default);
        Assert.NotEqual(etag, await Store.SaveAsync(Key, First, etag, default));
    }

    [Fact]
    public async Task SaveAsync_WithAnOldTag_ConflictsAndKeepsTheState()
    {
        string old = await Store.SaveAsync(Key, First, null, default);
        await Store.SaveAsync(Key, Second, old, default);

        StoreException error = await FailsAsync(StoreProblem.Conflict, () => Store.SaveAsync(Key, First, old, default));

        Assert.Equal(Key.Value, error.Place);
        Assert.Contains(old, error.Message, StringComparison.Ordinal);
        Assert.Equal(Second, (await Store.LoadAsync(Key, default))!.Bytes.ToArray());
    }

    [Fact]
    public async Task SaveAsync_ExpectingNoneWhereOneIs_Conflicts()
    {
        await Store.SaveAsync(Key, First, null, default);
        await FailsAsync(StoreProblem.Conflict, () => Store.SaveAsync(Key, Second, null, default));
    }

    [Fact]
    public async Task SaveAsync_ExpectingOneWhereNoneIs_Conflicts()
    {
        await FailsAsync(StoreProblem.Conflict, () => Store.SaveAsync(Key, First, "1-00000000", default));
        Assert.Null(await Store.LoadAsync(Key, default));
    }

    [Fact]
    public async Task SaveAsync_WithTheTagOfADeletedState_Conflicts()
    {
        string deleted = await Store.SaveAsync(Key, First, null, default);
        await Store.DeleteAsync(Key, default);
        await Store.SaveAsync(Key, Second, null, default);

        await FailsAsync(StoreProblem.Conflict, () => Store.SaveAsync(Key, First, deleted, default));
    }

    [Fact]
    public async Task SaveAsync_ManyAtOnceWithOneTag_ExactlyOneWins()
    {
        string etag = await Store.SaveAsync(Key, First, null, default);

        bool[] won = await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            try
            {
                await Store.SaveAsync(Key, new[] { (byte)writer }, etag, default);
                return true;
            }
            catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
            {
                return false;
            }
        }));

        Assert.Single(won, true);
        Assert.Equal(Array.IndexOf(won, true), (await Store.LoadAsync(Key, default))!.Bytes.Span[0]);
    }

    [Fact]
    public async Task SaveAsync_ManyKeysAtOnce_KeepsThemApart()
    {
        StateKey[] keys = [.. Enumerable.Range(0, 32).Select(n => StateKey.Parse($"m1/memories/tenant-{n}"))];

        await Task.WhenAll(keys.Select(key => Store.SaveAsync(key, Bytes(key), null, default).AsTask()));

        foreach (StateKey key in keys)
        {
            Assert.Equal(Bytes(key), (await Store.LoadAsync(key, default))!.Bytes.ToArray());
        }
    }

    [Fact]
    public async Task SaveAsync_BufferReusedAfterwards_KeepsWhatWasSaved()
    {
        byte[] buffer = [1, 2, 3];
        await Store.SaveAsync(Key, buffer, null, default);
        buffer[0] = 9;
        Assert.Equal([1, 2, 3], (await Store.LoadAsync(Key, default))!.Bytes.ToArray());
    }

    [Fact]
    public async Task SaveAsync_KeyThatIsAlsoAFolder_KeepsBoth()
    {
        StateKey outer = StateKey.Parse("m1/levels");
        await Store.SaveAsync(outer, First, null, default);
        await Store.SaveAsync(Key, Second, null, default);
        Assert.Equal(First, (await Store.LoadAsync(outer, default))!.Bytes.ToArray());
        Assert.Equal(Second, (await Store.LoadAsync(Key, default))!.Bytes.ToArray());
    }

    [Fact]
    public async Task DeleteAsync_RemovesTheStateOnly()
    {
        StateKey other = StateKey.Parse("m1/levels/slower");
        await Store.SaveAsync(Key, First, null, default);
        await Store.SaveAsync(other, Second, null, default);

        await Store.DeleteAsync(Key, default);

        Assert.Null(await Store.LoadAsync(Key, default));
        Assert.NotNull(await Store.LoadAsync(other, default));
    }

    [Fact]
    public async Task DeleteAsync_NothingThere_DoesNothing()
    {
        await Store.DeleteAsync(Key, default);
        Assert.Empty(await ListAsync(""));
    }

    [Theory]
    [InlineData("", "m1/levels/fast m1/levels/slow m1/levels/slow-base-0 m1/spec m10/spec m2/spec")]
    [InlineData("m1", "m1/levels/fast m1/levels/slow m1/levels/slow-base-0 m1/spec m10/spec")]
    [InlineData("m1/", "m1/levels/fast m1/levels/slow m1/levels/slow-base-0 m1/spec")]
    [InlineData("m1/levels/", "m1/levels/fast m1/levels/slow m1/levels/slow-base-0")]
    [InlineData("m1/levels/slow", "m1/levels/slow m1/levels/slow-base-0")]
    [InlineData("m2/spec", "m2/spec")]
    [InlineData("m3/", "")]
    [InlineData("../", "")]
    [InlineData("/", "")]
    public async Task ListAsync_Prefix_ReturnsItsKeysInOrdinalOrder(string prefix, string expected)
    {
        string[] keys = ["m2/spec", "m1/spec", "m10/spec", "m1/levels/slow-base-0", "m1/levels/slow", "m1/levels/fast"];
        foreach (string key in keys)
        {
            await Store.SaveAsync(StateKey.Parse(key), First, null, default);
        }

        Assert.Equal(expected, string.Join(' ', await ListAsync(prefix)));
    }

    [Fact]
    public async Task EveryCall_CanceledBefore_DoesNothing()
    {
        CancellationToken canceled = new(canceled: true);
        string etag = await Store.SaveAsync(Key, First, null, default);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.SaveAsync(Key, Second, etag, canceled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.DeleteAsync(Key, canceled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.LoadAsync(Key, canceled).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await ((ITierStoreListing)Store).ListAsync("", canceled).GetAsyncEnumerator(canceled).MoveNextAsync());

        Assert.Equal(First, (await Store.LoadAsync(Key, default))!.Bytes.ToArray());
    }

    [Fact]
    public async Task EveryCall_DefaultKey_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.LoadAsync(default, default).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => Store.SaveAsync(default, First, null, default).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(default, default).AsTask());
    }

    protected static async Task<StoreException> FailsAsync<T>(StoreProblem problem, Func<ValueTask<T>> call)
    {
        StoreException error = await Assert.ThrowsAsync<StoreException>(() => call().AsTask());
        Assert.Equal(problem, error.Problem);
        return error;
    }

    private static byte[] Bytes(StateKey key) => Encoding.UTF8.GetBytes(key.Value);

    private async Task<List<string>> ListAsync(string prefix)
    {
        List<string> keys = [];
        await foreach (StateKey key in ((ITierStoreListing)Store).ListAsync(prefix, default))
        {
            keys.Add(key.Value);
        }

        return keys;
    }
}
