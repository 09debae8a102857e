using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Storage;

/// <summary>Whatever happens to the bytes of a state file, it is found, named and left alone.</summary>
public sealed class StoreDamageTests : IDisposable
{
    private const int HeaderBytes = 32;

    private static readonly StateKey Key = StateKey.Parse("m1/spec");

    private readonly TemporaryFolder _folder = new();
    private readonly LocalTierStore _store;
    private readonly string _file;

    public StoreDamageTests()
    {
        _store = LocalTierStore.Open(_folder.Root);
        _file = _folder["m1/spec.state"];
    }

    [Fact]
    public async Task LoadAsync_AnyBitFlipped_IsDamaged()
    {
        byte[] sound = await SavedFileAsync();
        for (int bit = 0; bit < sound.Length * 8; bit++)
        {
            byte[] flipped = [.. sound];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            await IsDamagedAsync(flipped);
        }
    }

    [Fact]
    public async Task LoadAsync_CutAnywhere_IsDamaged()
    {
        byte[] sound = await SavedFileAsync();
        for (int length = 0; length < sound.Length; length++)
        {
            await IsDamagedAsync(sound[..length]);
        }
    }

    [Fact]
    public async Task LoadAsync_BytesAppended_IsDamaged() => await IsDamagedAsync([.. await SavedFileAsync(), 0]);

    [Fact]
    public async Task LoadAsync_ForeignFile_SaysWhatToDo()
    {
        await SavedFileAsync();
        StoreException error = await IsDamagedAsync("{ \"a file\": \"of another program, long enough for a header\" }"u8.ToArray());
        Assert.Contains("not a state file", error.Message, StringComparison.Ordinal);
        Assert.Contains("backup", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveAsync_OverATornFile_IsRefusedAndLeavesIt()
    {
        byte[] torn = (await SavedFileAsync())[..^1];
        File.WriteAllBytes(_file, torn);

        StoreException error = await Assert.ThrowsAsync<StoreException>(
            () => _store.SaveAsync(Key, new byte[1], null, default).AsTask());

        Assert.Equal(StoreProblem.Damaged, error.Problem);
        Assert.Equal(torn, File.ReadAllBytes(_file));
    }

    [Fact]
    public async Task LoadAsync_NewerFormat_AsksForTheNewerProgram()
    {
        byte[] newer = await SavedFileAsync();
        new StateHeader(StateHeader.CurrentVersion + 1, 1, 2, 3).WriteTo(newer);
        File.WriteAllBytes(_file, newer);

        StoreException error = await Assert.ThrowsAsync<StoreException>(() => _store.LoadAsync(Key, default).AsTask());

        Assert.Equal(StoreProblem.Unavailable, error.Problem);
        Assert.Contains("format 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteAsync_DamagedFile_ClearsTheWay()
    {
        await SavedFileAsync();
        File.WriteAllText(_file, "rubbish");
        await _store.DeleteAsync(Key, default);
        await _store.SaveAsync(Key, new byte[1], null, default);
    }

    [Fact]
    public async Task SaveAsync_FileFormat_IsTheDocumentedOne()
    {
        await _store.SaveAsync(Key, "123456789"u8.ToArray(), null, default);

        byte[] file = File.ReadAllBytes(_file);

        Assert.Equal("NLST"u8, file.AsSpan(0, 4));
        Assert.Equal(1u, BitConverter.ToUInt32(file, 4));
        Assert.Equal(1L, BitConverter.ToInt64(file, 8));
        Assert.Equal(9L, BitConverter.ToInt64(file, 16));
        Assert.Equal(0xE3069283u, BitConverter.ToUInt32(file, 24)); // The check value of CRC-32C in the literature.
        Assert.Equal("123456789"u8, file.AsSpan(HeaderBytes));
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private async Task<byte[]> SavedFileAsync()
    {
        await _store.SaveAsync(Key, "a state worth keeping"u8.ToArray(), null, default);
        return File.ReadAllBytes(_file);
    }

    private async Task<StoreException> IsDamagedAsync(byte[] bytes)
    {
        File.WriteAllBytes(_file, bytes);
        StoreException error = await Assert.ThrowsAsync<StoreException>(() => _store.LoadAsync(Key, default).AsTask());
        Assert.Equal(StoreProblem.Damaged, error.Problem);
        Assert.Equal(_file, error.Place);
        Assert.Equal(bytes, File.ReadAllBytes(_file));
        return error;
    }
}
