using NestedLearning.Cli.Rendering;

namespace NestedLearning.Cli.Tests.Rendering;

public class VisibleTextTests
{
    [Theory]
    [InlineData("balance", "balance")]
    [InlineData("a b", "a b")]
    [InlineData(" ", "\" \"")]
    [InlineData("\n", "\"\\n\"")]
    [InlineData("a\tb", "\"a\\tb\"")]
    public void Of_WhatWouldNotBeSeen_IsInQuotes(string text, string seen) => Assert.Equal(seen, VisibleText.Of(text));
}
