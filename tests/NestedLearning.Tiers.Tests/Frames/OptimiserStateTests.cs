using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests;

/// <summary>The state of an optimiser as the snapshot that tiers store.</summary>
public class OptimiserStateTests
{
    private static readonly ModelId Model = new("m");
    private readonly ManagedBackend _backend = new();

    public static TheoryData<RuleSettings> Rules => [new AdamWSettings(), new MuonSettings(), new M3Settings(ChunkSteps: 4), new DeepMomentumSettings()];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Load_OfAStoredState_StepsOnToTheBit(RuleSettings rule)
    {
        using ParameterSet model = Parameters();
        using ParameterSet copy = Parameters();
        using Optimiser optimiser = Start(model, rule);
        using Optimiser restored = Start(copy, rule);
        Steps(optimiser, 0, 5);

        copy.Load(Stored(model.Save()));
        restored.Load(Stored(optimiser.Save()));
        Steps(optimiser, 5, 5);
        Steps(restored, 5, 5);

        TensorSet expected = model.Save();
        Assert.All(copy.Save().Cast<DenseTensor>(), tensor =>
            Assert.Equal(expected.Get<DenseTensor>(tensor.Name).Values.ToArray(), tensor.Values.ToArray()));
    }

    [Fact]
    public void Decode_OfADamagedState_IsRefused()
    {
        using ParameterSet model = Parameters();
        using Optimiser optimiser = Start(model, new AdamWSettings());
        byte[] bytes = Encode(optimiser.Save());
        bytes[^20] ^= 1;
        Assert.Throws<FrameException>(() => StateFrames.Decode(bytes, Model));
    }

    private static TensorSet Stored(TensorSet state) => StateFrames.Decode(Encode(state), Model);

    private static byte[] Encode(TensorSet state) =>
        StateFrames.Encode(new FrameHeader(FrameKind.Snapshot, Model), state, EncodingPolicy.Lossless);

    private ParameterSet Parameters() => new(_backend, new ParameterGroup(
        "group",
        0,
        new Parameter("layer/weights", _backend.Normal([6, 5], 1)),
        new Parameter("layer/bias", _backend.Normal([5], 2)),
        new Parameter("gain", _backend.Normal([], 3)),
        new Parameter("none", _backend.Normal([0, 3], 4))));

    private Optimiser Start(ParameterSet parameters, RuleSettings rule) =>
        new(_backend, parameters[0], new OptimiserSettings(rule, new LearningRateSchedule(0.01), 0.1, 1));

    private void Steps(Optimiser optimiser, int first, int count)
    {
        for (int step = first; step < first + count; step++)
        {
            optimiser.Step([.. optimiser.Group.Select((parameter, i) => new Gradient(_backend.Normal(parameter.Shape, (ulong)((10 * step) + i))))]);
        }
    }
}
