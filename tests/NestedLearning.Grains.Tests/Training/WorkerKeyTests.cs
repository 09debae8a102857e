using NestedLearning.Models;

namespace NestedLearning.Grains.Tests.Training;

public sealed class WorkerKeyTests
{
    [Fact]
    public void Parse_WhatToStringGave_IsTheSame()
    {
        WorkerKey key = new(new ModelId("mail"), 12);
        Assert.Equal("mail/run/12", key.ToString());
        Assert.Equal(key, WorkerKey.Parse(key.ToString()));
    }

    [Theory]
    [InlineData("mail")]
    [InlineData("mail/run")]
    [InlineData("mail/run/0")]
    [InlineData("mail/run/-1")]
    [InlineData("mail/run/a")]
    [InlineData("mail/tenant/1")]
    public void Parse_SomethingElse_IsRefused(string text) => Assert.Throws<ArgumentException>(() => WorkerKey.Parse(text));
}
