using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Memories;

public class UpdateEncoderTests
{
    private static readonly MemoryAddress Address = new(new ModelId("m"), new TenantId("t"));
    private static readonly LevelId Slow = ClassifierSpec.SlowLevel;

    [Theory]
    [InlineData(20, "keys")] // 20 keys are shorter than a triangle of 64
    [InlineData(2000, "gram")]
    public void Learn_ManyEventsOrFew_SendsTheShorterForm(int events, string tensor)
    {
        byte[] update = Update(events, new UpdateEncodings());
        byte[] byEvents = Update(events, new UpdateEncodings(StatisticsForm.Events));
        byte[] bySums = Update(events, new UpdateEncodings(StatisticsForm.Sums));

        Assert.NotNull(Tensors(update).Find(tensor));
        Assert.Equal(Math.Min(byEvents.Length, bySums.Length), update.Length);
    }

    [Theory]
    [InlineData(false, TensorEncoding.SymmetricFloat32)]
    [InlineData(true, TensorEncoding.SymmetricInt8)]
    public void Learn_EitherForm_GivesTheLevelTheSameSums(bool coarse, TensorEncoding encoding)
    {
        UpdateEncodings sums = new(StatisticsForm.Sums, CoarseSums: coarse);
        float[] byEvents = Weights(Update(500, new UpdateEncodings(StatisticsForm.Events)));
        byte[] update = Update(500, sums);
        float[] bySums = Weights(update);

        Assert.Contains((byte)encoding, update.AsSpan(0, 200).ToArray());
        double scale = byEvents.Max(Math.Abs);
        Assert.All(byEvents.Zip(bySums), pair => Assert.InRange(Math.Abs(pair.First - pair.Second) / scale, 0, coarse ? 0.1 : 1e-5));
    }

    [Fact]
    public void Validate_SettingsOutOfRange_AreAllReported()
    {
        RoundPolicy policy = new()
        {
            Updates = new UpdateEncodings((StatisticsForm)9, (FloatEncoding)9, false, TensorEncoding.Texts, 0, -1),
        };

        InvalidPolicyException error = Assert.Throws<InvalidPolicyException>(policy.Validate);

        Assert.Equal(5, error.Violations.Count);
        Assert.All(error.Violations, violation => Assert.StartsWith("Updates.", violation));
    }

    private static byte[] Update(int events, UpdateEncodings encodings)
    {
        ClassifierSpec spec = new() { Features = 64, Period = events, OneSidedTargets = false };
        FastMemory memory = new(Address, spec, new RoundPolicy { Updates = encodings });
        memory.Adopt(Slow, new LevelVersion(0, 0, spec.CreateSharedLevel(Slow, 1).Solve()), new Receipt(0, 0));
        Random random = new(3);
        memory.Learn(new SourceId("s"), [.. Enumerable.Range(1, events).Select(i => new LearningEvent(i, Features(random), $"c{i % 4}"))], 0);
        memory.EndPeriods(Slow);
        memory.ConfirmSaved(memory.Save().Length);
        return Assert.Single(memory.Sendable(Slow)).Frame.ToArray();
    }

    private static FeatureInput Features(Random random)
    {
        ushort[] indices = [.. Enumerable.Range(0, 64).Where(_ => random.Next(4) == 0).Select(i => (ushort)i)];
        return new FeatureInput(new SparseVector(indices, Array.ConvertAll(indices, _ => random.NextSingle() / 4)));
    }

    private static TensorSet Tensors(byte[] update) => FrameCodec.Decode(update, FrameLimits.Default).Tensors;

    private static float[] Weights(byte[] update)
    {
        Consolidator level = new(Address.Model, new ClassifierSpec { Features = 64 }, Slow, new RoundPolicy(), FrameLimits.Default, 1);
        level.Submit(update, DateTimeOffset.UnixEpoch);
        level.Fold(DateTimeOffset.UnixEpoch);
        level.ConfirmSaved(level.Save());
        return level.Published.Tensors.Get<DenseTensor>("weights").Values.ToArray();
    }
}
