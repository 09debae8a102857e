using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// One block (Nested Learning, Eq. 94–97): norm, convolution, mixer, residual; then the feed-forward part. It knows what its mixer knows of a
/// stream, and what its convolution does.
/// </summary>
internal sealed class SequenceBlock
{
    private readonly Parameter _norm;
    private readonly ShortConvolution? _convolution;
    private readonly IMixer _mixer;
    private readonly IFeedForward _feedForward;

    public SequenceBlock(ParameterFactory factory, string name, SequenceSettings settings, double outputScale)
    {
        _norm = factory.Ones($"{name}/norm", [settings.Width]);
        _convolution = settings.ConvolutionTaps == 0 ? null : new ShortConvolution(factory, name, settings.ConvolutionTaps, settings.Width);
        _mixer = CreateMixer(factory, name, settings, outputScale);
        _feedForward = CreateFeedForward(factory, name, settings, outputScale);
    }

    /// <inheritdoc cref="IMixer.Memories"/>
    public int? Memories => _mixer.Memories;

    public Variable[] Begin(Tape tape, int streams) =>
        [.. _mixer.Begin(tape, streams), .. _convolution is null ? Array.Empty<Variable>() : [_convolution.Begin(tape, streams)]];

    /// <summary>Tokens [streams, time, width]; the state is replaced by that after them.</summary>
    public Variable Apply(BoundParameters parameters, Variable x, Variable[] state, long position)
    {
        Variable normal = x.LayerNormalize() * parameters[_norm];
        if (_convolution is not null)
        {
            normal = _convolution.Apply(parameters, normal, ref state[^1]);
        }

        return _feedForward.Apply(parameters, x + _mixer.Mix(parameters, normal, state, position));
    }

    private static IFeedForward CreateFeedForward(ParameterFactory factory, string name, SequenceSettings settings, double outputScale) => settings switch
    {
        { Periods.Count: 0 } => new SwiGlu(factory, $"{name}/mlp", settings, outputScale),
        { Continuum: ContinuumKind.Nested } => new NestedContinuum(factory, $"{name}/cms", settings, outputScale),
        { Continuum: ContinuumKind.Independent } => new IndependentContinuum(factory, $"{name}/cms", settings, outputScale),
        _ => new ContinuumMemory(factory, $"{name}/cms", settings, outputScale),
    };

    private static IMixer CreateMixer(ParameterFactory factory, string name, SequenceSettings settings, double outputScale) => settings.Mixer switch
    {
        MixerKind.SelfModifying when settings.Memory == MemoryKind.Mlp => new MlpTitansMixer(factory, name, settings, outputScale),
        MixerKind.SelfModifying or MixerKind.Titans => new TitansMixer(factory, name, settings, outputScale),
        MixerKind.GatedDelta or MixerKind.Delta => new DeltaMixer(factory, name, settings, outputScale),
        MixerKind.LinearAttention => new LinearAttentionMixer(factory, name, settings, outputScale),
        _ => new AttentionMixer(factory, name, settings, outputScale),
    };
}
