namespace NestedLearning.Models.Tests.Sequences.Continual;

public class WindowReservoirTests
{
    [Fact]
    public void Draw_BeforeItIsFull_GivesNone()
    {
        WindowReservoir reservoir = new(3, 1);
        reservoir.Add(Windows(0, 2));
        Assert.Empty(reservoir.Draw(5));
        reservoir.Add(Windows(2, 1));
        Assert.Equal(5, reservoir.Draw(5).Length);
    }

    [Fact]
    public void Add_ManyWindows_KeepsEachWithTheSameChance()
    {
        const int runs = 4000;
        int[] kept = new int[10];
        for (int run = 0; run < runs; run++)
        {
            WindowReservoir reservoir = new(2, (ulong)run);
            reservoir.Add(Windows(0, 4));
            reservoir.Add(Windows(4, 6));
            TokenWindows window = reservoir.Draw(1)[0];
            Assert.Equal(window.Tokens[0] + 100, window.Targets[0]);
            kept[window.Tokens[0]]++;
        }

        // A tenth of the runs each; six standard deviations are 114.
        Assert.All(kept, count => Assert.InRange(count, 286, 514));
    }

    private static TokenWindows Windows(int first, int count)
    {
        int[] tokens = [.. Enumerable.Range(first, count)];
        return new TokenWindows(tokens, Array.ConvertAll(tokens, token => token + 100), count);
    }
}
