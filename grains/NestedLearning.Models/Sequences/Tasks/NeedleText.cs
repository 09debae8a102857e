using System.Globalization;

namespace NestedLearning.Models;

/// <summary>The sentences of <see cref="NeedleTask"/>.</summary>
internal sealed class NeedleText(NeedleSettings settings)
{
    /// <summary>The cities that may have a number.</summary>
    public static IReadOnlyList<string> Cities { get; } =
    [
        "Accra", "Athens", "Bergen", "Bogota", "Cairo", "Dakar", "Dublin", "Geneva", "Hanoi", "Havana", "Jakarta", "Kyoto",
        "Lagos", "Lima", "Lisbon", "Madrid", "Nairobi", "Oslo", "Prague", "Quito", "Riga", "Sofia", "Tunis", "Zagreb",
    ];

    /// <summary>All that a number or a city may be written with.</summary>
    public static string Characters => "0123456789" + string.Concat(Cities);

    private int Count => settings.Kind == NeedleKind.MultiKey ? settings.Needles : 1;

    /// <summary>Parts that together are at least as long as those of any text.</summary>
    public IEnumerable<string> Longest
    {
        get
        {
            string city = Cities.MaxBy(name => name.Length)!;
            string number = new('8', settings.Digits);
            return [.. Enumerable.Repeat(Needle(city, number), Count), Question(city), number];
        }
    }

    /// <summary>Other cities and numbers each time.</summary>
    public NeedleWords Draw(Random random)
    {
        string[] cities = [.. Cities];
        random.Shuffle(cities);
        string[] numbers = [.. Enumerable.Range(0, Count).Select(_ => Number(random))];
        return new NeedleWords([.. cities.Zip(numbers, Needle)], Question(cities[0]), numbers[0]);
    }

    private string Needle(string city, string number) => settings.Kind == NeedleKind.PassKey
        ? $"\nThe pass key is {number}. Remember it. {number} is the pass key.\n"
        : $"\nThe number of {city} is {number}.\n";

    private string Question(string city) => settings.Kind == NeedleKind.PassKey ? "\nWhat is the pass key? The pass key is " : $"\nThe number of {city} is ";

    private string Number(Random random) =>
        random.Next((int)Math.Pow(10, settings.Digits)).ToString(CultureInfo.InvariantCulture).PadLeft(settings.Digits, '0');
}
