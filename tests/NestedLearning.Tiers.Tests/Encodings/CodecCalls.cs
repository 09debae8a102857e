using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>One tensor through one codec, without a frame around it.</summary>
internal static class CodecCalls
{
    public static byte[] Encode(EncodingChoice choice, NamedTensor tensor)
    {
        TensorCodec codec = TensorCodecs.For(choice, tensor.Name);
        codec.Shape(tensor);
        byte[] payload = new byte[codec.Size(tensor)];
        payload.AsSpan().Fill(0xAB);
        codec.Encode(tensor, payload);
        return payload;
    }

    public static float[] DecodeDense(TensorEncoding encoding, byte[] payload, params int[] shape) =>
        ((DenseTensor)Decode(encoding, payload, shape)).Values.ToArray();

    public static NamedTensor Decode(TensorEncoding encoding, byte[] payload, params int[] shape)
    {
        TensorEntry entry = new("w", encoding, shape, 0, payload.Length);
        return TensorCodecs.Get(encoding, "w").Decode(entry, payload, FrameLimits.Default);
    }
}
