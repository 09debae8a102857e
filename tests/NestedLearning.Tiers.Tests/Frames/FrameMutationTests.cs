namespace NestedLearning.Tiers.Tests;

public class FrameMutationTests
{
    private const int FramesPerTest = 50_000;

    [Fact]
    public void Decode_MutatedFrames_AreRefusedUnlessTheyAreTheOriginal()
    {
        Random random = new(11);
        byte[][] originals = Originals(random);
        for (int i = 0; i < FramesPerTest; i++)
        {
            byte[] original = originals[random.Next(originals.Length)];
            byte[] mutated = FrameBytes.Mutate(random, original, originals[random.Next(originals.Length)]);

            Frame? accepted = DecodeOrNull(mutated);

            Assert.True(accepted is null || originals.Any(known => known.AsSpan().SequenceEqual(mutated)));
        }
    }

    [Fact]
    public void Decode_ForgedFrames_AreRefusedOrAreProperFrames()
    {
        Random random = new(12);
        byte[][] originals = Originals(random);
        int accepted = 0;
        for (int i = 0; i < FramesPerTest; i++)
        {
            byte[] original = originals[random.Next(originals.Length)];
            byte[] forged = FrameBytes.Forge(FrameBytes.Mutate(random, original, originals[random.Next(originals.Length)]));

            if (DecodeOrNull(forged) is { } frame)
            {
                accepted++;
                byte[] bytes = FrameCodec.Encode(frame, EncodingPolicy.Lossless);
                FrameAssert.Equal(frame, FrameCodec.Decode(bytes, FrameLimits.Default));
            }
        }

        Assert.InRange(accepted, FramesPerTest / 100, FramesPerTest / 2);
    }

    internal static byte[][] Originals(Random random)
    {
        byte[][] originals = new byte[60][];
        for (int i = 0; i < originals.Length; i++)
        {
            originals[i] = FrameCodec.Encode(Frames.Random(random), Frames.RandomPolicy(random));
        }

        return originals;
    }

    private static Frame? DecodeOrNull(byte[] bytes)
    {
        Frame? frame = null;
        FrameAssert.Refusal(() => frame = FrameCodec.Decode(bytes, FrameLimits.Default));
        return frame;
    }
}
