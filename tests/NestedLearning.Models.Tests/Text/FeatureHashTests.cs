using System.Text;

namespace NestedLearning.Models.Tests.Text;

public sealed class FeatureHashTests
{
    [Theory]
    [InlineData("whello", 0xb36067ce26afda4f)]
    [InlineData("c<he", 0x5d8db98f5730041e)]
    public void Finish_FeatureString_CheckValueOfTheMethod(string feature, ulong expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(feature);

        Assert.Equal(expected, FeatureHash.Finish(FeatureHash.Append(FeatureHash.Start, bytes)));
    }

    // Published FNV-1a 64 vectors (draft-eastlake-fnv, appendix C).
    [Theory]
    [InlineData("", 0xcbf29ce484222325)]
    [InlineData("a", 0xaf63dc4c8601ec8c)]
    [InlineData("foobar", 0x85944171f73967e8)]
    public void Append_Bytes_PublishedVector(string text, ulong expected)
    {
        ulong state = FeatureHash.Start;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            state = FeatureHash.Append(state, value);
        }

        Assert.Equal(expected, state);
    }
}
