namespace NestedLearning.Grains.Tests.Silos;

public sealed class ResidentBoundTests
{
    private readonly List<string> _left = [];
    private readonly Dictionary<string, FakeResident> _residents = [];
    private ResidentBound _bound = new(3, long.MaxValue);

    [Fact]
    public void Add_WithinTheBound_NobodyLeaves()
    {
        Add("a", "b", "c");
        Call("a");
        Assert.Empty(_left);
    }

    [Fact]
    public void Add_OneTooMany_TheOneUsedLongestAgoLeaves()
    {
        Add("a", "b", "c");
        Call("a");
        Add("d");
        Assert.Equal(["b"], _left);
        Add("e", "f");
        Assert.Equal(["b", "c", "a"], _left);
    }

    [Fact]
    public void Add_MostAreInUse_OnlyIdleOnesLeave()
    {
        Add("a", "b", "c");
        _bound.Use(_residents["a"]);
        _bound.Use(_residents["a"]);
        _bound.Use(_residents["b"]);
        _bound.Use(_residents["c"]);
        Add("d", "e");
        Assert.Equal(["d"], _left);

        _bound.Release(_residents["a"], 1);
        Assert.Equal(["d", "e"], _left);
        Add("f");
        _bound.Use(_residents["f"]);
        _bound.Release(_residents["a"], 1);
        Assert.Equal(["d", "e"], _left);
        _bound.Release(_residents["b"], 1);
        Assert.Equal(["d", "e", "a"], _left);
    }

    [Fact]
    public void Release_GrownBeyondTheBytes_OthersLeaveUntilItFits()
    {
        _bound = new ResidentBound(100, 10);
        Add("a", "b", "c", "d");
        Grow("c", 8);
        Assert.Equal(["a"], _left);
        Grow("c", 9);
        Assert.Equal(["a", "b"], _left);
        Grow("c", 1);
        Add("e");
        Assert.Equal(["a", "b"], _left);
    }

    [Fact]
    public void Release_OneLargerThanAllBytes_StaysWhileItIsTheLastUsed()
    {
        _bound = new ResidentBound(100, 10);
        Add("a", "b");
        Grow("b", 1000);
        Assert.Equal(["a"], _left);
        Call("b");
        Assert.Equal(["a"], _left);
        Add("c");
        Assert.Equal(["a", "b"], _left);
    }

    [Fact]
    public void Use_OfOneThatWasToldToLeave_ChangesNothing()
    {
        Add("a", "b", "c", "d");
        Call("a");
        Add("e");
        Assert.Equal(["a", "b"], _left);
        _bound.Remove(_residents["a"]);
        Assert.True(_residents["a"].Gone.IsCompleted);
        Assert.False(_residents["b"].Gone.IsCompleted);
    }

    [Fact]
    public void Remove_OneThatLeftByItself_MakesRoom()
    {
        Add("a", "b", "c");
        _bound.Remove(_residents["b"]);
        Add("d");
        Assert.Empty(_left);
        _bound.Use(_residents["a"]);
        _bound.Remove(_residents["a"]);
        Add("e");
        Assert.Empty(_left);
        Add("f");
        Assert.Equal(["c"], _left);
    }

    [Fact]
    public async Task MakeRoomAsync_ManyAreLeaving_EachWaitsForAnotherOne()
    {
        string[] names = [.. Enumerable.Range(0, 3 + ResidentBound.MaxLeaving).Select(i => $"r{i}")];
        Add(names[..^1]);
        Assert.True(_bound.MakeRoomAsync().IsCompleted);
        Add(names[^1]);

        Task first = _bound.MakeRoomAsync();
        Add("next");
        Task second = _bound.MakeRoomAsync();
        Assert.False(first.IsCompleted || second.IsCompleted);

        _bound.Remove(_residents["r1"]);
        await second;
        Assert.False(first.IsCompleted);
        _bound.Remove(_residents["r0"]);
        await first;
        Assert.True(_bound.MakeRoomAsync().IsCompleted);
    }

    private void Add(params string[] names)
    {
        foreach (string name in names)
        {
            _residents[name] = new FakeResident(() => _left.Add(name));
            _bound.Add(_residents[name], 1);
        }
    }

    private void Call(string name) => Grow(name, _residents[name].Bytes);

    private void Grow(string name, long bytes)
    {
        _bound.Use(_residents[name]);
        _bound.Release(_residents[name], bytes);
    }

    private sealed class FakeResident(Action leave) : Resident(null!, leave);
}
