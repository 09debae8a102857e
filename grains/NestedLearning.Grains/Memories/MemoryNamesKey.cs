using System.Globalization;
using System.Text;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// The key of a part of the names of a model's memories: <c>model/part</c>. Parts are many, so that each is short however many tenants there
/// are; the part <see cref="Parts"/> names those that there are.
/// </summary>
internal readonly record struct MemoryNamesKey(ModelId Model, string Incarnation, string Part)
{
    /// <summary>The part that names the others.</summary>
    public const string Parts = "parts";

    private const uint Count = 4096;

    /// <summary>Where a memory is named.</summary>
    public static MemoryNamesKey Of(MemoryAddress memory, string incarnation)
    {
        uint part = Crc32C.Compute(Encoding.ASCII.GetBytes(memory.Tenant.Value)) % Count;
        return new MemoryNamesKey(memory.Model, incarnation, part.ToString("x3", CultureInfo.InvariantCulture));
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static MemoryNamesKey Parse(string text) => text.Split('/') is [var model, var part]
        ? new MemoryNamesKey(new ModelId(ModelKey.NameOf(model)), ModelKey.IncarnationOf(model), part)
        : throw new ArgumentException($"'{text}' is no key of names; accepted: model/part.", nameof(text));

    public override string ToString() => $"{ModelKey.Of(Model, Incarnation)}/{Part}";
}
