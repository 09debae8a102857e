namespace NestedLearning.Models.Tests.Sequences.Tasks;

public class CountedPairsTests
{
    [Fact]
    public void Nats_OfAShortText_AreThoseOfTheFormula()
    {
        // Tokens 0 1 0 1 of 2: p(1|0) = (0 + 1/2) / 1, p(0|1) = (0 + 1/3) / 1, p(1|0) = (1 + 2/4) / 2.
        double expected = -Math.Log(1.0 / 2) - Math.Log(1.0 / 3) - Math.Log(1.5 / 2);
        Assert.Equal(expected, CountedPairs.Nats([0, 1, 0, 1], 2), 1e-12);
    }

    [Fact]
    public void Nats_OfTextsWithARule_AreFewerThanChance()
    {
        int[] text = [.. Enumerable.Range(0, 1000).Select(i => i % 7)];
        Assert.InRange(CountedPairs.Nats(text, 7), 0, 0.1 * 999 * Math.Log(7));
    }
}
