using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Exchange;

public class InitialStatesTests
{
    private static readonly SequenceSettings Settings = SmallModels.Settings(MixerKind.SelfModifying) with { Periods = [1, 4] };

    [Fact]
    public void Load_MlpsOfAnotherModel_BecomeTheChosenLayers()
    {
        using SequenceModel model = new(new ManagedBackend(), Settings);
        DenseTensor[] before = Values(model);
        SafetensorsReader file = File(Ramp("h.0.mlp.in.weight", 8, 6), Ramp("h.1.mlp.in.weight", 8, 6), Ramp("h.1.mlp.out.weight", 8, 6), Ramp("h.0.attn", 3, 3));

        IReadOnlyList<string> set = InitialStates.Load(model, file, [TensorMap.Parse("h.*.mlp.in.weight=block*/cms/1/up"), TensorMap.Parse("h.1.mlp.out.weight^T=block0/cms/1/down")]);

        Assert.Equal(["block0/cms/1/up", "block1/cms/1/up", "block0/cms/1/down"], set);
        DenseTensor[] after = Values(model);
        foreach ((DenseTensor old, DenseTensor now) in before.Zip(after))
        {
            float[] expected = now.Name switch
            {
                "block0/cms/1/up" or "block1/cms/1/up" => [.. Enumerable.Range(0, 48).Select(i => (float)i)],
                "block0/cms/1/down" => [.. Enumerable.Range(0, 48).Select(i => (float)((i % 8 * 6) + (i / 8)))],
                _ => old.Values.ToArray(),
            };
            Assert.Equal(expected, now.Values.ToArray());
        }
    }

    [Theory]
    [InlineData("nothing=block0/cms/1/up", "the source of 'nothing=block0/cms/1/up' is no tensor of the file, accepted: one of a F32 [8, 6]")]
    [InlineData("a=block7/cms/1/up", "the target of 'a' is 'block7/cms/1/up', no parameter")]
    [InlineData("*=block0/cms/1/u*", "the target of 'a' is 'block0/cms/1/ua', no parameter")]
    [InlineData("a=block0/cms/1/down", "the tensor 'a' is [8, 6], accepted: the shape of 'block0/cms/1/down [6, 8]'")]
    [InlineData("a^T=block0/cms/1/up", "the tensor 'a' is [8, 6], transposed, accepted: the shape of 'block0/cms/1/up [8, 6]'")]
    [InlineData("bad=block0/cms/1/up", "value 2 of 'bad' is Infinity")]
    public void Load_MapsThatDoNotFit_SaysWhyAndChangesNothing(string map, string expected)
    {
        using SequenceModel model = new(new ManagedBackend(), Settings);
        DenseTensor[] before = Values(model);
        float[] broken = new float[48];
        broken[2] = float.PositiveInfinity;

        InvalidModelFileException error = Assert.Throws<InvalidModelFileException>(
            () => InitialStates.Load(model, File(Ramp("a", 8, 6), new DenseTensor("bad", [8, 6], broken)), [TensorMap.Parse(map)]));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.All(before.Zip(Values(model)), pair => Assert.Equal(pair.First.Values.ToArray(), pair.Second.Values.ToArray()));
    }

    [Fact]
    public void Load_OneParameterTwice_IsRefused()
    {
        using SequenceModel model = new(new ManagedBackend(), Settings);
        TensorMap map = TensorMap.Parse("a=block0/cms/1/up");
        Assert.Contains("'block0/cms/1/up' again", Assert.Throws<InvalidModelFileException>(() => InitialStates.Load(model, File(Ramp("a", 8, 6)), [map, map])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a=b=c")]
    [InlineData("=b")]
    [InlineData("a*=b")]
    public void Parse_NoMap_SaysWhatIsAccepted(string text) =>
        Assert.Contains($"'{text}', accepted: SOURCE=TARGET", Assert.Throws<InvalidModelFileException>(() => TensorMap.Parse(text)).Message, StringComparison.Ordinal);

    private static DenseTensor Ramp(string name, int rows, int columns) => new(name, [rows, columns], Enumerable.Range(0, rows * columns).Select(i => (float)i).ToArray());

    private static DenseTensor[] Values(SequenceModel model) => [.. model.Parameters.Save().Cast<DenseTensor>()];

    private static SafetensorsReader File(params DenseTensor[] tensors)
    {
        MemoryStream file = new();
        SafetensorsWriter.Write(file, tensors, new Dictionary<string, string>());
        return new SafetensorsReader(file);
    }
}
