using System.Text;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Texts in UTF-8, each after its length in bytes as a varint. Shape [count].</summary>
internal sealed class TextCodec : TensorCodec<TextTensor>
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public override NamedTensor Decode(TensorEntry entry, ReadOnlySpan<byte> payload, FrameLimits limits)
    {
        int count = entry.Count(limits);
        entry.CheckHolds(count);
        string[] texts = new string[count];
        ByteReader reader = new(payload);
        for (int i = 0; i < texts.Length; i++)
        {
            ulong length = reader.Varint(entry.Name);
            if (length > (ulong)limits.MaxTextBytes)
            {
                throw new FrameException(
                    FrameProblem.TooLarge, entry.Name, $"claims a text of {length} bytes, accepted are {limits.MaxTextBytes}");
            }

            texts[i] = Read(reader.Take((long)length, entry.Name), entry.Name);
        }

        entry.CheckLength(reader.Position);
        return new TextTensor(entry.Name, texts);
    }

    protected override int[] Shape(TextTensor tensor) => [tensor.Texts.Count];

    protected override long Size(TextTensor tensor)
    {
        long size = 0;
        for (int i = 0; i < tensor.Texts.Count; i++)
        {
            int length = Length(tensor.Texts[i], tensor.Name);
            size += Varint.Size((ulong)length) + length;
        }

        return size;
    }

    protected override void Encode(TextTensor tensor, Span<byte> payload)
    {
        for (int i = 0; i < tensor.Texts.Count; i++)
        {
            string text = tensor.Texts[i];
            int length = Length(text, tensor.Name);
            payload = payload[Varint.Write(payload, (ulong)length)..];
            payload = payload[Strict.GetBytes(text, payload)..];
        }
    }

    private static int Length(string text, string field)
    {
        try
        {
            return Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException error)
        {
            throw new FrameException(FrameProblem.BadText, field, "holds a text with half a surrogate pair", error);
        }
    }

    private static string Read(ReadOnlySpan<byte> bytes, string field)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException error)
        {
            throw new FrameException(FrameProblem.BadText, field, "holds a text that is not UTF-8", error);
        }
    }
}
