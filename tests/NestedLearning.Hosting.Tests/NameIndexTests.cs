using System.Text;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting.Tests;

public class NameIndexTests
{
    private readonly MemoryTierStore _store = new();

    [Fact]
    public async Task AddAsync_LoadedAgain_HasEveryNameOnceAndInOrder()
    {
        NameIndex index = await OpenAsync();
        await index.AddAsync("b", default);
        await index.AddAsync("a", default);
        await index.AddAsync("b", default);
        await index.AddAsync("c", default);
        await index.RemoveAsync("c", default);

        Assert.Equal(["a", "b"], (await OpenAsync()).Names);
    }

    [Fact]
    public async Task AddAsync_AnotherOwnerSavedSince_ConflictsAndLosesNothing()
    {
        NameIndex old = await OpenAsync();
        await (await OpenAsync()).AddAsync("theirs", default);

        StoreException conflict = await Assert.ThrowsAsync<StoreException>(async () => await old.AddAsync("ours", default));

        Assert.Equal(StoreProblem.Conflict, conflict.Problem);
        Assert.Equal(["theirs"], (await OpenAsync()).Names);
    }

    [Theory]
    [InlineData("[\"a\"")]
    [InlineData("[\"../a\"]")]
    [InlineData("{}")]
    public async Task LoadAsync_Damaged_NamesTheState(string content)
    {
        await _store.SaveAsync(StateKey.Models(), Encoding.UTF8.GetBytes(content), null, default);

        StoreException damaged = await Assert.ThrowsAsync<StoreException>(OpenAsync);

        Assert.Equal((StoreProblem.Damaged, StateKey.Models().Value), (damaged.Problem, damaged.Place));
    }

    private async Task<NameIndex> OpenAsync()
    {
        NameIndex index = new(_store, StateKey.Models(), name => new ModelId(name).Value);
        await index.LoadAsync(default);
        return index;
    }
}
