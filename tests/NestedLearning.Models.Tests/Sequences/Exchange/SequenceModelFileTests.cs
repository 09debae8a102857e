using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Exchange;

public class SequenceModelFileTests
{
    private static readonly ITokenizer Tokenizer = new CharacterTokenizer("abc déß\n");

    public static TheoryData<ITokenizer> Tokenizers => [Tokenizer, new ByteTokenizer(), BytePairMerges.Learn("a text of pairs of texts", 270)];

    [Theory]
    [MemberData(nameof(SmallModels.Kinds), MemberType = typeof(SmallModels))]
    public void Read_OfWhatWasWritten_IsTheSameModelToTheBit(MixerKind kind)
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), SmallModels.Settings(kind) with { Vocabulary = Tokenizer.Vocabulary });

        using SavedSequenceModel read = SequenceModelFile.Read(Write(model, Tokenizer), new ManagedBackend());

        int[] tokens = SmallModels.Tokens(20);
        Assert.Equal(SmallModels.Logits(model, tokens, 1), SmallModels.Logits(read.Model, tokens, 1));
        Assert.Equal(model.Periods, read.Manifest.Levels.Select(level => level.Period));
        Assert.Equal(Enumerable.Range(7, model.Periods.Count).Select(version => (long)version), read.Manifest.Levels.Select(level => level.Version));
        Assert.Equal((123L, kind == MixerKind.SelfModifying ? "hope" : $"{kind}"), (read.Manifest.Step, read.Manifest.Architecture));
    }

    [Theory]
    [InlineData(ContinuumKind.Nested)]
    [InlineData(ContinuumKind.Independent)]
    public void Read_AnyContinuum_IsTheSameModelToTheBit(ContinuumKind kind)
    {
        using SequenceModel model = SmallModels.Create(
            new ManagedBackend(), SmallModels.Settings(MixerKind.SelfModifying) with { Vocabulary = Tokenizer.Vocabulary, Continuum = kind });

        using SavedSequenceModel read = SequenceModelFile.Read(Write(model, Tokenizer), new ManagedBackend());

        Assert.Equal(kind, read.Manifest.Settings.Continuum);
        Assert.Equal(SmallModels.Logits(model, SmallModels.Tokens(20), 1), SmallModels.Logits(read.Model, SmallModels.Tokens(20), 1));
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Read_AnyTokenizer_MakesTheSameTokens(ITokenizer tokenizer)
    {
        using SequenceModel model = new(new ManagedBackend(), SmallModels.Settings(MixerKind.Delta) with { Vocabulary = tokenizer.Vocabulary });
        using SavedSequenceModel read = SequenceModelFile.Read(Write(model, tokenizer), new ManagedBackend());
        Assert.Equal(tokenizer.Encode("abc d"[..1]), read.Tokenizer.Encode("abc d"[..1]));
        Assert.Equal(tokenizer.Vocabulary, read.Tokenizer.Vocabulary);
    }

    [Fact]
    public void Read_FilesThatAreNoModel_SaysWhy()
    {
        using SequenceModel model = new(new ManagedBackend(), SmallModels.Settings(MixerKind.Delta) with { Vocabulary = Tokenizer.Vocabulary });
        SequenceModelManifest manifest = Describe(model, Tokenizer);
        DenseTensor[] tensors = [.. model.Parameters.Save().Cast<DenseTensor>()];
        Assert.Contains("'nested-learning' is missing", Refused(null, tensors), StringComparison.Ordinal);
        Assert.Contains("is no manifest", Refused("{}", tensors), StringComparison.Ordinal);
        Assert.Contains("format is 2, accepted: 1", Refused(SequenceModelFile.ToJson(manifest with { Format = 2 }), tensors), StringComparison.Ordinal);
        Assert.Contains("vocabulary is 256, accepted: up to the model's 8", Refused(SequenceModelFile.ToJson(Describe(model, new ByteTokenizer())), tensors), StringComparison.Ordinal);
        Assert.Contains("the parameter 'norm", Refused(SequenceModelFile.ToJson(manifest), [.. tensors.Where(tensor => tensor.Name != "norm")]), StringComparison.Ordinal);
        float[] broken = tensors[0].Values.ToArray();
        broken[3] = float.NaN;
        Assert.Contains("value 3 of 'embedding' is NaN", Refused(SequenceModelFile.ToJson(manifest), [tensors[0] with { Values = broken }, .. tensors[1..]]), StringComparison.Ordinal);
    }

    private static SequenceModelManifest Describe(SequenceModel model, ITokenizer tokenizer) =>
        SequenceModelFile.Describe(model, tokenizer, 123, [.. model.Periods.Select((_, i) => 7L + i)]);

    private static SafetensorsReader Write(SequenceModel model, ITokenizer tokenizer)
    {
        MemoryStream file = new();
        SequenceModelFile.Write(file, Describe(model, tokenizer), model.Parameters.Save());
        return new SafetensorsReader(file);
    }

    private static string Refused(string? manifest, DenseTensor[] tensors)
    {
        MemoryStream file = new();
        SafetensorsWriter.Write(file, tensors, manifest is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [SequenceModelFile.ManifestName] = manifest });
        return Assert.Throws<InvalidModelFileException>(() => SequenceModelFile.Read(new SafetensorsReader(file), new ManagedBackend())).Message;
    }
}
