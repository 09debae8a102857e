namespace NestedLearning.Tensors;

/// <summary>A type of elements, as the format knows it. Floating-point numbers of two bytes and more can be read.</summary>
/// <param name="Name">What a header calls it.</param>
/// <param name="Size">The bytes of an element.</param>
/// <param name="CanBeRead">Whether its elements can be read as float32.</param>
public sealed record SafetensorsType(string Name, int Size, bool CanBeRead)
{
    /// <summary>IEEE 754 binary32.</summary>
    public static SafetensorsType Float32 { get; } = new("F32", 4, true);

    /// <summary>IEEE 754 binary64.</summary>
    public static SafetensorsType Float64 { get; } = new("F64", 8, true);

    /// <summary>IEEE 754 binary16.</summary>
    public static SafetensorsType Float16 { get; } = new("F16", 2, true);

    /// <summary>The upper half of a binary32.</summary>
    public static SafetensorsType BFloat16 { get; } = new("BF16", 2, true);

    /// <summary>Signed whole numbers of 64 bits.</summary>
    public static SafetensorsType Integer64 { get; } = new("I64", 8, false);

    /// <summary>Bytes.</summary>
    public static SafetensorsType Byte { get; } = new("U8", 1, false);

    private static readonly SafetensorsType[] All =
    [
        Float64, Float32, Float16, BFloat16,
        Integer64, .. Of(8, "U64"), .. Of(4, "I32", "U32"), .. Of(2, "I16", "U16"), Byte, .. Of(1, "I8", "BOOL", "F8_E4M3", "F8_E5M2"),
    ];

    /// <summary>The types that can be read, for errors.</summary>
    internal static string Readable => Names(All.Where(type => type.CanBeRead));

    internal static SafetensorsType Parse(string tensor, string name) => Array.Find(All, type => type.Name == name)
        ?? throw new SafetensorsException($"the type of '{tensor}'", $"'{name}'", Names(All));

    private static IEnumerable<SafetensorsType> Of(int size, params IEnumerable<string> names) => names.Select(name => new SafetensorsType(name, size, false));

    private static string Names(IEnumerable<SafetensorsType> types) => string.Join(", ", types.Select(type => type.Name));
}
