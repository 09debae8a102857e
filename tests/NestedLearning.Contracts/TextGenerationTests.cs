using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Contracts;

/// <summary>What every engine promises of sequence models that are fed texts, and go on with them.</summary>
public abstract class TextGenerationTests
{
    private static readonly ModelId Model = new("hope");
    private static readonly SourceId Source = new("feed");
    private static readonly MemoryAddress Ann = new(Model, new TenantId("ann"));
    private static readonly MemoryAddress Ben = new(Model, new TenantId("ben"));

    private static readonly SequenceSpec Spec = new(new SequenceSettings(256) { Width = 8, Blocks = 1, Heads = 2, ChunkLength = 3, Hidden = 6, Periods = [1, 2] })
    {
        Tokenizer = SequenceModelTokenizer.Bytes,
        Training = new SequenceTrainingSettings { Steps = 20, Batch = 2, Length = 7, LearningRate = 1e-2 },
    };

    private static readonly GenerationRequest Request = new("to be ") { Options = new GenerationOptions { MaxTokens = 24, Seed = 7 } };

    /// <summary>A store with nothing in it; the subclass cleans it up.</summary>
    protected abstract ITierStore CreateStore();

    /// <summary>Opens the engine on a store, which may hold what another one left.</summary>
    protected abstract ValueTask<GeneratingEngine> OpenAsync(ITierStore store);

    [Fact]
    public async Task FeedAsync_Text_LearnsEachTokenButTheFirstOnce()
    {
        await using GeneratingEngine texts = await OpenAsync(CreateStore());
        await using GeneratingEngine windows = await OpenAsync(CreateStore());
        const string text = "to be or not to be"; // Two whole windows of 7 and their last tokens, and 3 more.
        int[] tokens = new ByteTokenizer().Encode(text);

        await FeedAsync(texts.Cluster, Ann, new TextInput(text));
        MemoryStatus status = await texts.Cluster.GetMemoryAsync(Ann, default);

        Assert.Equal((1, text.Length - 1), (status.Learned, status.CodeLength.Bytes));
        double perToken = status.CodeLength.Bits * Math.Log(2) / (text.Length - 1);
        Assert.Equal(perToken, status.Loss, 1e-6);
        Assert.InRange(perToken, 4, 7); // Near log 256, as nothing is known.
        await FeedAsync(windows.Cluster, Ann, new TokenInput((int[])[.. tokens[..8], .. tokens[7..15]], 2));
        double twoThirds = (await windows.Cluster.GetMemoryAsync(Ann, default)).Loss;
        Assert.Equal(perToken, twoThirds, 0.2);
    }

    [Fact]
    public async Task FeedAsync_TextOfWholeWindows_LearnsWhatTheirTokensDo()
    {
        await using GeneratingEngine texts = await OpenAsync(CreateStore());
        await using GeneratingEngine windows = await OpenAsync(CreateStore());
        const string text = "to be or not to";
        int[] tokens = new ByteTokenizer().Encode(text);

        await FeedAsync(texts.Cluster, Ann, new TextInput(text));
        await FeedAsync(windows.Cluster, Ann, new TokenInput((int[])[.. tokens[..8], .. tokens[7..]], 2));

        TensorSet expected = (await SequenceVersions.ReadAsync(windows.Cluster, Model, Spec, default)).Parameters;
        TensorSet learned = (await SequenceVersions.ReadAsync(texts.Cluster, Model, Spec, default)).Parameters;
        Assert.All(expected.Cast<DenseTensor>(), tensor => Assert.Equal(tensor.Values.ToArray(), learned.Get<DenseTensor>(tensor.Name).Values.ToArray()));
    }

    [Fact]
    public async Task GenerateAsync_AfterTwoTenantsTaught_GoesOnLikeTheModelOfTheirVersions()
    {
        await using GeneratingEngine engine = await OpenAsync(CreateStore());
        await TeachAsync(engine.Cluster);

        (string text, GenerationEnd end) = await GenerateAsync(engine, Ann, Request);

        SequenceVersions versions = await SequenceVersions.ReadAsync(engine.Cluster, Model, Spec, default);
        using SequenceModel model = new(new ManagedBackend(), Spec.Model);
        model.Parameters.Load(versions.Parameters);
        using TextGenerator generator = new(model, new ByteTokenizer());
        Assert.Equal(string.Concat(generator.Generate(Request.Prompt, Request.Options)), text);
        Assert.Equal((6, 24, 30, false), (end.PromptTokens, end.Tokens, end.Position, end.Stopped));
        Assert.Null(end.State);
        Assert.Equal(versions.Versions, end.Versions.Select(level => level.Version));
        Assert.All(end.Versions, level => Assert.True(level.Version > 0));
        Assert.Equal(text, (await GenerateAsync(engine, Ben, Request)).Text);
    }

    [Fact]
    public async Task GenerateAsync_NewerVersion_GoesOnByIt()
    {
        await using GeneratingEngine engine = await OpenAsync(CreateStore());
        await TeachAsync(engine.Cluster);
        (string before, GenerationEnd first) = await GenerateAsync(engine, Ann, Request);

        for (int i = 0; i < 3; i++)
        {
            await FeedAsync(engine.Cluster, Ann, new TextInput("zzzzzzzzzzzzzzz"), 10 + i);
        }

        (string after, GenerationEnd second) = await GenerateAsync(engine, Ann, Request);
        Assert.NotEqual(before, after);
        Assert.All(first.Versions.Zip(second.Versions), pair => Assert.True(pair.First.Version < pair.Second.Version));
    }

    [Fact]
    public async Task GenerateAsync_ModelMadeAnewAfterItWasDeleted_GoesOnByTheNewOne()
    {
        await using GeneratingEngine engine = await OpenAsync(CreateStore());
        GenerationRequest likeliest = Request with { Prompt = "-", Options = Request.Options with { Temperature = 0 } };

        Assert.Equal(new string('a', 24), await TeachAndGenerateAsync('a'));
        await engine.Cluster.DeleteModelAsync(Model, default);
        Assert.Equal(new string('z', 24), await TeachAndGenerateAsync('z'));

        async Task<string> TeachAndGenerateAsync(char letter)
        {
            for (int i = 1; i <= 16; i++)
            {
                await FeedAsync(engine.Cluster, Ann, new TextInput("-" + new string(letter, 14)), i);
            }

            return (await GenerateAsync(engine, Ann, likeliest)).Text;
        }
    }

    [Fact]
    public async Task GenerateAsync_FromAStateAfterARestart_GoesOnAsIfItHadNotEnded()
    {
        ITierStore store = CreateStore();
        string whole;
        string begun;
        ReadOnlyMemory<byte> state;
        await using (GeneratingEngine engine = await OpenAsync(store))
        {
            await TeachAsync(engine.Cluster);
            whole = (await GenerateAsync(engine, Ann, Request)).Text;
            (begun, GenerationEnd end) = await GenerateAsync(engine, Ann, Request with { KeepState = true, Options = Request.Options with { MaxTokens = 9 } });
            state = end.State!.Value;
        }

        await using GeneratingEngine again = await OpenAsync(store);
        (string rest, GenerationEnd last) = await GenerateAsync(again, Ann, Request with { Prompt = "", State = state, KeepState = true, Options = Request.Options with { MaxTokens = 15 } });

        Assert.Equal(whole, begun + rest);
        Assert.Equal((0, 15, 30), (last.PromptTokens, last.Tokens, last.Position));
        Assert.InRange(last.State!.Value.Length, state.Length - 16, state.Length + 16);
    }

    [Fact]
    public async Task GenerateAsync_StopText_EndsThere()
    {
        await using GeneratingEngine engine = await OpenAsync(CreateStore());
        await TeachAsync(engine.Cluster);
        string whole = (await GenerateAsync(engine, Ann, Request)).Text;

        (string text, GenerationEnd end) = await GenerateAsync(engine, Ann, Request with { Options = Request.Options with { StopTexts = [whole[5..8]] } });

        Assert.Equal(whole[..whole.IndexOf(whole[5..8], StringComparison.Ordinal)], text);
        Assert.True(end.Stopped);
    }

    [Fact]
    public async Task GenerateAsync_WhatIsNotAccepted_IsRefusedByName()
    {
        await using GeneratingEngine engine = await OpenAsync(CreateStore());
        await TeachAsync(engine.Cluster);
        await engine.Cluster.CreateModelAsync(new ModelId("classes"), new ClassifierSpec { Features = 64 }, new RoundPolicy(), default);
        byte[] state = (await GenerateAsync(engine, Ann, Request with { KeepState = true })).End.State!.Value.ToArray();
        byte[] damaged = [.. state];
        damaged[^20] ^= 1;

        await RefusesAsync<UnknownModelException>(new MemoryAddress(new ModelId("none"), Ann.Tenant), Request);
        Assert.Equal("model", (await RefusesAsync<InvalidInputException>(new MemoryAddress(new ModelId("classes"), Ann.Tenant), Request)).Field);
        Assert.Equal("state", (await RefusesAsync<InvalidInputException>(Ben, Request with { State = state })).Field);
        Assert.Equal("state", (await RefusesAsync<InvalidInputException>(Ann, Request with { State = damaged })).Field);
        Assert.Equal("state", (await RefusesAsync<InvalidInputException>(Ann, Request with { State = state[..^1] })).Field);
        Assert.Equal("prompt", (await RefusesAsync<InvalidInputException>(Ann, Request with { Prompt = new string('a', 70_000) })).Field);
        Assert.Equal("maxTokens", (await RefusesAsync<InvalidInputException>(Ann, Request with { Options = new GenerationOptions { MaxTokens = 1_000_000 } })).Field);
        Assert.Equal("stop", (await RefusesAsync<InvalidInputException>(Ann, Request with { Options = new GenerationOptions { StopTexts = [new string('a', 1000)] } })).Field);
        Assert.Equal(2, (await RefusesAsync<InvalidGenerationException>(Ann, Request with { Options = new GenerationOptions { MaxTokens = 0, Temperature = -1 } })).Violations.Count);
        await RefusesAsync<InvalidGenerationException>(Ann, Request with { Prompt = "" });

        async Task<TError> RefusesAsync<TError>(MemoryAddress memory, GenerationRequest request)
            where TError : Exception => await Assert.ThrowsAsync<TError>(() => GenerateAsync(engine, memory, request));
    }

    [Fact]
    public async Task PredictAsync_Text_AnswersTheLikeliestNextCharacter()
    {
        await using GeneratingEngine engine = await OpenAsync(CreateStore());
        await engine.Cluster.CreateModelAsync(Model, Spec, new RoundPolicy(), default);
        for (int i = 1; i <= 20; i++)
        {
            await FeedAsync(engine.Cluster, Ann, new TextInput("aaaaaaaaaaaaaaa"), i);
        }

        Prediction answer = Assert.Single(await engine.Cluster.PredictAsync(Ann, [new TextInput("aaaaa")], default));

        Assert.Equal("a", answer.Label);
        Assert.InRange(answer.Score, -Math.Log(256), 0);
        await Assert.ThrowsAsync<InvalidInputException>(async () => await engine.Cluster.PredictAsync(Ann, [new TextInput("")], default));
    }

    [Fact]
    public async Task ImportModelAsync_OfAFileOfAModel_BeginsWhereThatWas()
    {
        ModelId copy = new("copy");
        MemoryAddress annsCopy = new(copy, Ann.Tenant);
        ITierStore store = CreateStore();
        string expected;
        ModelCheckpoint file;
        await using (GeneratingEngine engine = await OpenAsync(store))
        {
            await TeachAsync(engine.Cluster);
            expected = (await GenerateAsync(engine, Ann, Request)).Text;
            file = Copy(await engine.Cluster.GetCheckpointAsync(Model, true, default));
            await ImportAsync(engine.Cluster, file);
            (string text, GenerationEnd end) = await GenerateAsync(engine, annsCopy, Request);
            Assert.Equal(expected, text);
            Assert.All(end.Versions, level => Assert.Equal(0, level.Version));
        }

        await using GeneratingEngine again = await OpenAsync(store);
        Assert.Equal(expected, (await GenerateAsync(again, annsCopy, Request)).Text);
        await ImportAsync(again.Cluster, file);
        await again.Cluster.CreateModelAsync(copy, file.Settings.Spec, file.Settings.Policy, default);
        await again.Cluster.FeedAsync(annsCopy, Source, [new LearningEvent(1, new TextInput("zzzzzzzzzzzzzzz"), "")], default);
        await again.Cluster.FlushAsync(annsCopy, Source, default);
        LevelVersion learned = await again.Cluster.GetVersionAsync(copy, SequenceSpec.LevelOf(1), default);
        Assert.Equal(1, learned.Number);
        InitialLevel first = file.InitialLevels[0];
        double moved = first.Parameters.Cast<DenseTensor>().Max(tensor => tensor.Values.ToArray().Zip(learned.Tensors.Get<DenseTensor>(tensor.Name).Values.ToArray()).Max(pair => Math.Abs(pair.First - pair.Second)));
        Assert.InRange(moved, 1e-6, 0.05); // One step from the file's parameters, not from others.

        ValueTask ImportAsync(ILearningCluster cluster, ModelCheckpoint from) =>
            cluster.ImportModelAsync(copy, from.Settings.Spec, from.Settings.Policy, from.InitialLevels, default);
    }

    [Fact]
    public async Task ImportModelAsync_ThenOpenedAgainAfterEveryStep_LearnsLikeAnUndisturbedModel()
    {
        ModelId copy = new("copy");
        MemoryAddress annsCopy = new(copy, Ann.Tenant);
        ITierStore store = CreateStore();
        TensorSet expected;
        ModelCheckpoint file;
        await using (GeneratingEngine engine = await OpenAsync(CreateStore()))
        {
            await TeachAsync(engine.Cluster);
            file = Copy(await engine.Cluster.GetCheckpointAsync(Model, true, default));
            await engine.Cluster.ImportModelAsync(copy, file.Settings.Spec, file.Settings.Policy, file.InitialLevels, default);
            for (int i = 1; i <= 3; i++)
            {
                await StepAsync(engine.Cluster, i);
            }

            expected = (await SequenceVersions.ReadAsync(engine.Cluster, copy, Spec, default)).Parameters;
        }

        for (int i = 1; i <= 3; i++)
        {
            await using GeneratingEngine again = await OpenAsync(store);
            await again.Cluster.ImportModelAsync(copy, file.Settings.Spec, file.Settings.Policy, file.InitialLevels, default);
            await StepAsync(again.Cluster, i);
        }

        await using GeneratingEngine last = await OpenAsync(store);
        TensorSet learned = (await SequenceVersions.ReadAsync(last.Cluster, copy, Spec, default)).Parameters;
        Assert.All(expected.Cast<DenseTensor>(), tensor => Assert.Equal(tensor.Values.ToArray(), learned.Get<DenseTensor>(tensor.Name).Values.ToArray()));

        async Task StepAsync(ILearningCluster cluster, int i)
        {
            await cluster.FeedAsync(annsCopy, Source, [new LearningEvent(i, new TextInput("zzzzzzzzzzzzzzz"), "")], default);
            await cluster.FlushAsync(annsCopy, Source, default);
        }
    }

    [Fact]
    public async Task ImportModelAsync_WhatIsNotTheModel_IsRefused()
    {
        await using GeneratingEngine engine = await OpenAsync(CreateStore());
        await engine.Cluster.CreateModelAsync(Model, Spec, new RoundPolicy(), default);
        InitialLevel[] levels = [.. (await engine.Cluster.GetCheckpointAsync(Model, true, default)).InitialLevels];
        ModelId other = new("other");

        await Assert.ThrowsAsync<ModelConflictException>(() => ImportAsync(Model, Spec, levels));
        await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(other, Spec, levels[..1]));
        await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(other, Spec, [levels[0], levels[1] with { Parameters = [] }]));
        await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(other, Spec with { Model = Spec.Model with { Hidden = 8 } }, levels));
        await Assert.ThrowsAsync<InvalidInputException>(() => ImportAsync(other, new ClassifierSpec { Features = 64 }, [new InitialLevel(ClassifierSpec.SlowLevel, [])]));
        Assert.Equal([Model], await engine.Cluster.GetModelsAsync(default));

        Task ImportAsync(ModelId model, ModelSpec spec, IReadOnlyList<InitialLevel> parameters) =>
            engine.Cluster.ImportModelAsync(model, spec, new RoundPolicy(), parameters, default).AsTask();
    }

    /// <summary>A checkpoint after it was a file.</summary>
    private static ModelCheckpoint Copy(ModelCheckpoint checkpoint)
    {
        using MemoryStream file = new();
        checkpoint.Write(file);
        return ModelCheckpoint.Read(new SafetensorsReader(file), 1e6);
    }

    private static async Task TeachAsync(ILearningCluster cluster)
    {
        for (int i = 1; i <= 4; i++)
        {
            await FeedAsync(cluster, i % 2 == 0 ? Ann : Ben, new TextInput("to be or not to be, that is the question"), i);
        }
    }

    private static async Task FeedAsync(ILearningCluster cluster, MemoryAddress memory, ModelInput input, long sequence = 1)
    {
        await cluster.CreateModelAsync(Model, Spec, new RoundPolicy(), default);
        await cluster.FeedAsync(memory, Source, [new LearningEvent(sequence, input, "")], default);
        await cluster.FlushAsync(memory, Source, default);
    }

    private static async Task<(string Text, GenerationEnd End)> GenerateAsync(GeneratingEngine engine, MemoryAddress memory, GenerationRequest request)
    {
        List<GenerationEvent> events = [];
        await foreach (GenerationEvent next in engine.Generation.GenerateAsync(memory, request, default))
        {
            events.Add(next);
        }

        return (string.Concat(events.OfType<GeneratedText>().Select(piece => piece.Text)), Assert.IsType<GenerationEnd>(events[^1]));
    }
}

/// <summary>An engine and what goes on with texts by its models, closed together.</summary>
public sealed class GeneratingEngine(ILearningCluster cluster, ITextGeneration generation, params IAsyncDisposable[] parts) : IAsyncDisposable
{
    public ILearningCluster Cluster => cluster;

    public ITextGeneration Generation => generation;

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable part in parts)
        {
            await part.DisposeAsync();
        }
    }
}
