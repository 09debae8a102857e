using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Storage;

/// <summary>Random saves, deletes, crashes and restarts, compared step by step with a dictionary.</summary>
public sealed class StoreModelTests : IDisposable
{
    private const int Steps = 40;

    private static readonly StateKey[] Keys =
        [StateKey.Parse("a"), StateKey.Parse("a/b"), StateKey.Parse("a/b-1"), StateKey.Parse("c/levels/slow")];

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<StateKey, byte[]> _expected = [];
    private readonly Dictionary<StateKey, string> _tags = [];
    private readonly StoreFaults _faults = new();
    private LocalTierStore _store;

    public StoreModelTests() => _store = LocalTierStore.Open(_folder.Root, _faults.Pass);

    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 16));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AnySequence_AgreesWithADictionary(int seed)
    {
        Random random = new(seed);
        for (int step = 0; step < Steps; step++)
        {
            StateKey key = Keys[random.Next(Keys.Length)];
            byte[] state = new byte[random.Next(200)];
            random.NextBytes(state);
            switch (random.Next(5))
            {
                case 0 or 1:
                    _tags[key] = await _store.SaveAsync(key, state, _tags.GetValueOrDefault(key), default);
                    _expected[key] = state;
                    break;
                case 2:
                    await _store.DeleteAsync(key, default);
                    Forget(key);
                    break;
                case 3:
                    await CrashAsync(key, state, (StoreFaultPoint)random.Next((int)StoreFaultPoint.AfterDelete + 1));
                    break;
                default:
                    Reopen();
                    break;
            }

            await AgreesAsync();
        }
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    private async Task CrashAsync(StateKey key, byte[] state, StoreFaultPoint point)
    {
        _faults.FailAt = point;
        await Assert.ThrowsAsync<SimulatedCrash>(async () =>
        {
            if (point == StoreFaultPoint.AfterDelete)
            {
                await _store.SaveAsync(StateKey.Parse("a/doomed"), state, null, default);
                await _store.DeleteAsync(StateKey.Parse("a/doomed"), default);
            }

            await _store.SaveAsync(key, state, _tags.GetValueOrDefault(key), default);
        });
        Reopen();
        if (point is StoreFaultPoint.AfterRename or StoreFaultPoint.AfterFolderFlushed)
        {
            _expected[key] = state;
            _tags[key] = (await _store.LoadAsync(key, default))!.ETag;
        }
    }

    private void Forget(StateKey key)
    {
        _expected.Remove(key);
        _tags.Remove(key);
    }

    private void Reopen()
    {
        _faults.FailAt = null;
        _store.Dispose();
        _store = LocalTierStore.Open(_folder.Root, _faults.Pass);
    }

    private async Task AgreesAsync()
    {
        List<StateKey> listed = [];
        await foreach (StateKey key in _store.ListAsync("", default))
        {
            listed.Add(key);
        }

        Assert.Equal(_expected.Keys.OrderBy(key => key.Value, StringComparer.Ordinal), listed);
        foreach (StateKey key in Keys)
        {
            StoredState? state = await _store.LoadAsync(key, default);
            Assert.Equal(_expected.GetValueOrDefault(key), state?.Bytes.ToArray());
            Assert.Equal(_tags.GetValueOrDefault(key), state?.ETag);
        }
    }
}
