using NestedLearning.Tensors;

namespace NestedLearning.Simulation.Tests.Events;

public sealed class EventCodeTests
{
    [Fact]
    public void Count_OfEverySum_IsHowOftenEachEventIsInIt()
    {
        int[] expected = [.. Enumerable.Range(0, EventCode.MaxEvents).Select(number => number % 3)];
        double[] triangle = new double[EventCode.Features * (EventCode.Features + 1) / 2];
        for (int number = 0; number < expected.Length; number++)
        {
            SparseVector key = EventCode.Input(number).Features;
            int feature = key.Indices.Span[0];
            float value = key.Values.Span[0];
            triangle[(feature * (feature + 1) / 2) + feature] += expected[number] * (double)value * value;
        }

        int[] counts = new int[expected.Length];
        EventCode.Count(triangle, counts);
        Assert.Equal(expected, counts);
    }

    [Fact]
    public void Count_OfKeysRoundedAsMemoriesKeepThem_FindsEachEvent()
    {
        int[] numbers = [0, 63, 64, 200, EventCode.MaxEvents - 1, 200];
        SparseRows keys = SparseRows.Stack(
            EventCode.Features, [.. numbers.Select(number => Int8Rows.Round(EventCode.Input(number).Features))]);
        int[] counts = new int[EventCode.MaxEvents];
        EventCode.Count(keys, counts);
        Assert.Equal(numbers.Length, counts.Sum());
        Assert.All(numbers, number => Assert.Equal(number == 200 ? 2 : 1, counts[number]));
    }
}
