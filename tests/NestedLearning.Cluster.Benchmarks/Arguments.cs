using System.Globalization;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>Options of the form <c>--name value</c>.</summary>
internal sealed class Arguments(IReadOnlyList<string> arguments)
{
    public int Number(string name, int standard) =>
        Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : standard;

    public string? Text(string name)
    {
        for (int i = 0; i + 1 < arguments.Count; i += 2)
        {
            if (arguments[i] == "--" + name)
            {
                return arguments[i + 1];
            }
        }

        return null;
    }
}
