using System.Runtime.CompilerServices;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// Goes on with texts in this process, by the newest versions of whichever cluster it is given. Levels are read once for all texts that use the
/// same versions. It computes on threads of its own, a piece of each text in turn, so that neither an owner's turns nor other texts wait for
/// a long one.
/// </summary>
public sealed class ClusterGeneration : ITextGeneration, IAsyncDisposable
{
    private readonly GenerationLimits _limits;
    private readonly AssembledModels _models;
    private readonly ComputeThreads _compute;
    private int _open;

    /// <summary>One over a cluster, which stays the caller's.</summary>
    /// <param name="cluster">Where the levels are.</param>
    /// <param name="limits">How much it does.</param>
    /// <param name="threads">How many pieces are computed at once.</param>
    public ClusterGeneration(ILearningCluster cluster, GenerationLimits limits, int threads = 1)
    {
        _limits = limits;
        _models = new AssembledModels(cluster, limits.MaxModelBytes);
        _compute = new ComputeThreads(threads, Math.Max(1, limits.MaxOpen));
    }

    /// <summary>The bytes of parameters that are kept.</summary>
    public long ModelBytes => _models.Bytes;

    /// <inheritdoc/>
    public async IAsyncEnumerable<GenerationEvent> GenerateAsync(
        MemoryAddress memory, GenerationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(request);
        Enter();
        try
        {
            AssembledModel model = await _models.HoldAsync(memory.Model, cancellationToken);
            try
            {
                await foreach (GenerationEvent next in GenerateAsync(memory, request, model, cancellationToken))
                {
                    yield return next;
                }
            }
            finally
            {
                _models.Release(model);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>Waits for the pieces that are computed now.</summary>
    public async ValueTask DisposeAsync()
    {
        await _compute.DisposeAsync();
        _models.Dispose();
    }

    private async IAsyncEnumerable<GenerationEvent> GenerateAsync(
        MemoryAddress memory, GenerationRequest request, AssembledModel model, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int promptTokens = Count(request.Prompt, model.Tokenizer);
        using TextGenerator generator = Open(memory, request, model);
        long begin = generator.Position + promptTokens;
        using IEnumerator<string> pieces = generator.Generate(request.Prompt, request.Options, cancellationToken).GetEnumerator();
        while (await _compute.RunAsync(pieces.MoveNext, cancellationToken))
        {
            yield return new GeneratedText(pieces.Current);
        }

        yield return new GenerationEnd(
            promptTokens,
            generator.Position - begin,
            generator.Position,
            generator.HasStopped,
            [.. model.Levels.Select(level => new LevelNumber(level.Level, level.Version))])
        {
            State = request.KeepState ? Save(memory, generator) : default(ReadOnlyMemory<byte>?),
        };
    }

    private TextGenerator Open(MemoryAddress memory, GenerationRequest request, AssembledModel model)
    {
        if (request.State is not { } state)
        {
            return new TextGenerator(model.Model, model.Tokenizer);
        }

        try
        {
            return TextGenerator.Load(model.Model, model.Tokenizer, SavedStream.Decode(memory, state, _limits.MaxStateBytes));
        }
        catch (Exception error) when (error is FrameException or InvalidStreamException or TensorMissingException)
        {
            throw new InvalidInputException("state", $"is none of this tenant's streams of this model ({error.Message})", "what the end of an earlier text gave");
        }
    }

    private ReadOnlyMemory<byte> Save(MemoryAddress memory, TextGenerator generator)
    {
        byte[] state = SavedStream.Encode(memory, generator.Save());
        return state.Length <= _limits.MaxStateBytes
            ? state
            : throw new InvalidInputException("keepState", FormattableString.Invariant($"asks for {state.Length} bytes"), FormattableString.Invariant($"a model whose streams have up to {_limits.MaxStateBytes}"));
    }

    private int Count(string prompt, ITokenizer tokenizer)
    {
        try
        {
            int tokens = tokenizer.Encode(prompt).Length;
            return tokens <= _limits.MaxPromptTokens ? tokens : throw Refused("prompt", $"has {tokens} tokens", _limits.MaxPromptTokens);
        }
        catch (UnknownCharacterException error)
        {
            throw new InvalidInputException("prompt", error.Message);
        }
    }

    /// <summary>What can be told without a model.</summary>
    private void Check(GenerationRequest request)
    {
        if (request.Prompt.Length > 4L * _limits.MaxPromptTokens)
        {
            throw Refused("prompt", $"has {request.Prompt.Length} characters", 4L * _limits.MaxPromptTokens);
        }

        if (request.Options.MaxTokens > _limits.MaxTokens)
        {
            throw Refused("maxTokens", $"is {request.Options.MaxTokens}", _limits.MaxTokens);
        }

        if (request.Options.StopTexts.Count > _limits.MaxStopTexts || request.Options.StopTexts.Any(text => text.Length > GenerationLimits.MaxStopLength))
        {
            throw new InvalidInputException("stop", "has too many texts, or too long ones", $"up to {_limits.MaxStopTexts} of up to {GenerationLimits.MaxStopLength} characters");
        }
    }

    private void Enter()
    {
        if (Interlocked.Increment(ref _open) > _limits.MaxOpen)
        {
            Interlocked.Decrement(ref _open);
            throw new BusyException("Going on with texts");
        }
    }

    private static InvalidInputException Refused(string field, string problem, long most) =>
        new(field, problem, FormattableString.Invariant($"up to {most}"));
}
