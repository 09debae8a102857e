using System.Buffers.Binary;
using System.Text.Json;

namespace NestedLearning.Tensors;

/// <summary>One array of a file that is written.</summary>
/// <remarks>
/// A format of dense arrays has no word for the other kinds of tensors. A sparse matrix becomes its three arrays
/// (<c>NAME/starts</c>, <c>NAME/columns</c>, <c>NAME/values</c>: compressed rows) and its shape in the metadata, a list of texts a JSON
/// array in the metadata, a symmetric matrix its lower triangle, row by row.
/// </remarks>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Count">How many elements there are.</param>
/// <param name="Fill">Writes the elements from one on, as many as there is room for, little-endian.</param>
internal sealed record SafetensorsArray(string Name, SafetensorsType Type, IReadOnlyList<int> Shape, int Count, SafetensorsArray.Filler Fill)
{
    /// <summary>Writes the elements from one on.</summary>
    internal delegate void Filler(int first, Span<byte> bytes);

    /// <summary>Dense values.</summary>
    public static SafetensorsArray Of(DenseTensor tensor) => Of(tensor.Name, tensor.Shape, tensor.Values);

    /// <summary>The arrays that a tensor becomes; what is no array of numbers goes into the metadata.</summary>
    public static IEnumerable<SafetensorsArray> Of(NamedTensor tensor, IDictionary<string, string> metadata)
    {
        switch (tensor)
        {
            case DenseTensor dense:
                return [Of(dense)];
            case LowRankTensor product:
                return [Of($"{product.Name}/left", [product.Left.Length / product.Rank, product.Rank], product.Left), Of($"{product.Name}/right", [product.Rank, product.Right.Length / product.Rank], product.Right)];
            case SymmetricTensor symmetric:
                return [Of(symmetric.Name, [symmetric.Triangle.Length], symmetric.Triangle)];
            case DoubleTensor doubles:
                return [Of(doubles.Name, doubles.Shape, doubles.Values)];
            case IntegerTensor integers:
                return [Of(integers.Name, integers.Values)];
            case BytesTensor bytes:
                return [new(bytes.Name, SafetensorsType.Byte, [bytes.Bytes.Length], bytes.Bytes.Length, (first, to) => bytes.Bytes.Span.Slice(first, to.Length).CopyTo(to))];
            case SparseTensor { Rows: var rows } sparse:
                metadata.Add($"shape/{sparse.Name}", JsonSerializer.Serialize([rows.Rows, rows.Columns], SafetensorsJson.Default.Int32Array));
                return
                [
                    Of($"{sparse.Name}/starts", Array.ConvertAll(rows.RowStarts, start => (long)start)),
                    Of($"{sparse.Name}/columns", Array.ConvertAll(rows.Indices, column => (long)column)),
                    Of($"{sparse.Name}/values", [rows.Values.Length], rows.Values),
                ];
            case TextTensor texts:
                metadata.Add($"texts/{texts.Name}", JsonSerializer.Serialize([.. texts.Texts], SafetensorsJson.Default.StringArray));
                return [];
            default:
                throw new SafetensorsException($"the kind of '{tensor.Name}'", tensor.GetType().Name, "a tensor with a place in the format");
        }
    }

    private static SafetensorsArray Of(string name, IReadOnlyList<int> shape, ReadOnlyMemory<float> values) => new(
        name,
        SafetensorsType.Float32,
        shape,
        values.Length,
        (first, to) =>
        {
            for (int i = 0; i < to.Length / sizeof(float); i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(to[(i * sizeof(float))..], values.Span[first + i]);
            }
        });

    private static SafetensorsArray Of(string name, IReadOnlyList<int> shape, ReadOnlyMemory<double> values) => new(
        name,
        SafetensorsType.Float64,
        shape,
        values.Length,
        (first, to) =>
        {
            for (int i = 0; i < to.Length / sizeof(double); i++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(to[(i * sizeof(double))..], values.Span[first + i]);
            }
        });

    private static SafetensorsArray Of(string name, ReadOnlyMemory<long> values) => new(
        name,
        SafetensorsType.Integer64,
        [values.Length],
        values.Length,
        (first, to) =>
        {
            for (int i = 0; i < to.Length / sizeof(long); i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(to[(i * sizeof(long))..], values.Span[first + i]);
            }
        });
}
