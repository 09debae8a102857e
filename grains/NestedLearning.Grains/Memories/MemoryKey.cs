using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>The key of a fast memory: <c>model/tenant</c>.</summary>
internal static class MemoryKey
{
    /// <summary>An address as a key.</summary>
    public static string Of(MemoryAddress memory) => memory.ToString();

    /// <summary>Reads a key.</summary>
    /// <exception cref="ArgumentException">It is no key of a memory.</exception>
    /// <exception cref="InvalidIdException">One of its names is not valid.</exception>
    public static MemoryAddress Parse(string text) => text.Split('/') is [var model, var tenant]
        ? new MemoryAddress(new ModelId(model), new TenantId(tenant))
        : throw new ArgumentException($"'{text}' is no key of a memory; accepted: model/tenant.", nameof(text));
}
