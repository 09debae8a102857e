namespace NestedLearning.Models.Tests.Sequences;

public class TokenWindowsTests
{
    [Theory]
    [InlineData(2, 7, 3)]
    [InlineData(7, 7, 3)]
    [InlineData(8, 7, 3)]
    [InlineData(9, 7, 3)]
    [InlineData(22, 7, 3)]
    [InlineData(50, 7, 3)]
    [InlineData(50, 1, 1)]
    public void Cut_Text_PredictsEachTokenButTheFirstOnce(int count, int length, int most)
    {
        int[] text = [.. Enumerable.Range(0, count)];

        IReadOnlyList<TokenWindows> groups = TokenWindows.Cut(text, length, most);

        Assert.Equal(text[1..], groups.SelectMany(group => group.Targets));
        Assert.Equal(text[..^1], groups.SelectMany(group => group.Tokens));
        Assert.All(groups, group => Assert.InRange(group.Count, 1, most));
        Assert.All(groups.SkipLast(1), group => Assert.Equal(length, group.Tokens.Length / group.Count));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Cut_NothingToPredict_IsAnError(int count) =>
        Assert.Throws<ArgumentException>(() => TokenWindows.Cut(new int[count], 7, 3));

    [Fact]
    public void InGroups_ManyWindows_AreTheSameInTheirOrder()
    {
        TokenWindows windows = TokenWindows.Cut(Enumerable.Range(0, 71).ToArray(), 7, 100)[0];

        IReadOnlyList<TokenWindows> groups = windows.InGroups(4);

        Assert.Equal([4, 4, 2], groups.Select(group => group.Count));
        Assert.Equal(windows.Tokens, groups.SelectMany(group => group.Tokens));
        Assert.Equal(windows.Targets, groups.SelectMany(group => group.Targets));
        Assert.Same(windows, Assert.Single(windows.InGroups(10)));
    }
}
