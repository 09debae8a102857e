using NestedLearning.Grains;
using NestedLearning.Models;

namespace NestedLearning.Silo.Configuration;

/// <summary>Where memories are placed. Every silo of a cluster should have the same settings: whichever is called decides.</summary>
/// <param name="DefaultCompute">What models ask for that are not named, one of <see cref="ComputeKinds"/>.</param>
/// <param name="ModelCompute">What single models ask for.</param>
/// <param name="Fallback">What to do when no silo has it.</param>
internal sealed record PlacementSettings(string DefaultCompute, IReadOnlyDictionary<string, string> ModelCompute, PlacementFallback Fallback)
{
    private static readonly string[] Askable = [ComputeKinds.Any, ComputeKinds.Cpu, ComputeKinds.Cuda];

    public static PlacementSettings Read(SettingsReader reader) => new(
        reader.OneOf("Placement:DefaultCompute", ComputeKinds.Any, Askable),
        reader.Each("Placement:ModelCompute", "MODEL", key => ReadModel(reader, key)),
        reader.Choice("Placement:Fallback", PlacementFallback.AnySilo));

    /// <summary>Gives the placement what was read.</summary>
    public void ApplyTo(TierPlacementOptions options)
    {
        options.DefaultCompute = DefaultCompute;
        options.Fallback = Fallback;
        foreach ((string model, string compute) in ModelCompute)
        {
            options.ModelCompute[model] = compute;
        }
    }

    private static string ReadModel(SettingsReader reader, string key)
    {
        try
        {
            _ = new ModelId(key[(key.LastIndexOf(':') + 1)..]);
        }
        catch (InvalidIdException error)
        {
            reader.Refuse(key, "names no model: " + error.Message.TrimEnd('.'));
        }

        return reader.OneOf(key, ComputeKinds.Any, Askable);
    }
}
