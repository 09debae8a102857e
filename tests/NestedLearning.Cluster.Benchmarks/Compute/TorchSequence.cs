using NestedLearning.Models;
using NestedLearning.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Functional = TorchSharp.torch.nn.functional;
using Parameter = TorchSharp.Modules.Parameter;
using Tensor = TorchSharp.torch.Tensor;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>
/// Hope, or a Transformer, as TorchSharp's users write it: libtorch's own operations and autograd, and its AdamW. It begins with the
/// parameters of a <see cref="SequenceModel"/>, whose levels all step at every step.
/// </summary>
internal sealed class TorchSequence : IDisposable
{
    private const double Retention = 5;

    private readonly SequenceSettings _settings;
    private readonly Dictionary<string, Parameter> _parameters = [];
    private readonly optim.Optimizer _optimiser;

    public TorchSequence(SequenceModel model, SequenceTrainingSettings training)
    {
        _settings = model.Settings;
        foreach (DenseTensor tensor in model.Parameters.Save().Cast<DenseTensor>())
        {
            using Tensor values = torch.tensor(tensor.Values.ToArray(), [.. tensor.Shape.Select(size => (long)size)]);
            _parameters.Add(tensor.Name, nn.Parameter(values.clone()));
        }

        _optimiser = optim.AdamW(_parameters.Values, lr: training.LearningRate, beta1: 0.9, beta2: 0.99, weight_decay: training.WeightDecay);
    }

    /// <summary>One step of training; the loss before it, in nats a token.</summary>
    public float Train(TokenWindows windows)
    {
        using DisposeScope scope = NewDisposeScope();
        _optimiser.zero_grad();
        Tensor loss = Loss(windows);
        loss.backward();
        nn.utils.clip_grad_norm_(_parameters.Values, 1);
        _optimiser.step();
        return loss.item<float>();
    }

    public void Dispose()
    {
        _optimiser.Dispose();
        foreach (Parameter parameter in _parameters.Values)
        {
            parameter.Dispose();
        }
    }

    private Tensor Loss(TokenWindows windows)
    {
        long[] shape = [windows.Count, windows.Tokens.Length / windows.Count];
        Tensor tokens = torch.tensor(Array.ConvertAll(windows.Tokens, token => (long)token), [windows.Tokens.Length]);
        Tensor targets = torch.tensor(Array.ConvertAll(windows.Targets, token => (long)token), [windows.Targets.Length]);
        Tensor x = _parameters["embedding"].index_select(0, tokens).reshape([.. shape, _settings.Width]);
        for (int block = 0; block < _settings.Blocks; block++)
        {
            x = Block(FormattableString.Invariant($"block{block}"), x);
        }

        Tensor logits = (Normal(x) * _parameters["norm"]).matmul(_parameters["embedding"].t());
        return Functional.cross_entropy(logits.reshape(-1, _settings.Vocabulary), targets);
    }

    private Tensor Block(string name, Tensor x)
    {
        Tensor normal = Normal(x) * _parameters[$"{name}/norm"];
        if (_settings.Mixer == MixerKind.Attention)
        {
            return SwiGlu(name, x + Attention(name, normal));
        }

        x += SelfModifying(name, Convolution(name, normal));
        for (int layer = 0; layer < _settings.Periods.Count; layer++)
        {
            string part = FormattableString.Invariant($"{name}/cms/{layer}");
            Tensor hidden = Functional.gelu((Normal(x) * _parameters[$"{part}/norm"]).matmul(_parameters[$"{part}/up"]));
            x += hidden.matmul(_parameters[$"{part}/down"]);
        }

        return x;
    }

    private Tensor SwiGlu(string name, Tensor x)
    {
        Tensor normal = Normal(x) * _parameters[$"{name}/mlp/norm"];
        Tensor hidden = Functional.silu(normal.matmul(_parameters[$"{name}/mlp/gate"])) * normal.matmul(_parameters[$"{name}/mlp/up"]);
        return x + hidden.matmul(_parameters[$"{name}/mlp/down"]);
    }

    private Tensor Attention(string name, Tensor x)
    {
        (Tensor cosines, Tensor sines) = Rotation(x.shape[1]);
        Tensor query = Turn(Map(name, "to-query", x), cosines, sines);
        Tensor keys = Turn(Map(name, "to-key", x), cosines, sines);
        Tensor later = ones(x.shape[1], x.shape[1], dtype: ScalarType.Bool).triu(1);
        Tensor scores = query.matmul(keys.transpose(-2, -1)) / Math.Sqrt(query.shape[^1]);
        Tensor read = scores.masked_fill(later, float.NegativeInfinity).softmax(-1).matmul(Map(name, "to-value", x));
        return Join(read).matmul(_parameters[$"{name}/out"]);
    }

    /// <summary>Taps [count, channels], the token's own first; libtorch's convolution has it last, and channels before tokens.</summary>
    private Tensor Convolution(string name, Tensor x)
    {
        long count = _settings.ConvolutionTaps;
        Tensor kernel = _parameters[$"{name}/taps"].flip(0).t().unsqueeze(1);
        Tensor padded = Functional.pad(x.transpose(1, 2), [count - 1, 0]);
        return Functional.silu(Functional.conv1d(padded, kernel, groups: _settings.Width).transpose(1, 2));
    }

    /// <summary>The delta rule in chunks (arXiv 2406.06484), with projections that the state at a chunk's start modifies.</summary>
    private Tensor SelfModifying(string name, Tensor x)
    {
        int size = _settings.Width / _settings.Heads;
        Tensor query = Unit(Map(name, "to-query", x));
        (Tensor zKey, Tensor zValue, Tensor zGates) = (Map(name, "to-key", x), Map(name, "to-value", x), Map(name, "to-gates", x));
        Tensor state = zeros(x.shape[0], _settings.Heads, size, size);
        List<Tensor> reads = [];
        for (long start = 0; start < x.shape[1]; start += _settings.ChunkLength)
        {
            long length = Math.Min(_settings.ChunkLength, x.shape[1] - start);
            Tensor q = query.narrow(2, start, length);
            Tensor gates = Modify(zGates.narrow(2, start, length), state);
            Tensor key = Unit(Modify(zKey.narrow(2, start, length), state).matmul(_parameters[$"{name}/keys"]));
            Tensor value = Unit(Modify(zValue.narrow(2, start, length), state).matmul(_parameters[$"{name}/values"]));
            Tensor rate = gates.matmul(_parameters[$"{name}/rates"]).sigmoid();
            Tensor retention = Functional.logsigmoid(gates.matmul(_parameters[$"{name}/retentions"]) + Retention);
            Tensor after = retention.cumsum(-2);
            Tensor before = after - retention;
            Tensor end = after.narrow(-2, length - 1, 1);

            Tensor overlap = (rate * (before - after.transpose(-2, -1)).exp() * key.matmul(key.transpose(-2, -1))).tril(-1);
            Tensor target = Unit(Modify(value, state)) - (before.exp() * key.matmul(state));
            Tensor written = linalg.solve_triangular(overlap + eye(length), rate * target, upper: false, unitriangular: true);
            Tensor attention = ((after - after.transpose(-2, -1)).exp() * q.matmul(key.transpose(-2, -1))).tril();
            reads.Add(q + (after.exp() * q.matmul(state)) + attention.matmul(written));
            state = (end.exp() * state) + (key * (end - after).exp()).transpose(-2, -1).matmul(written);
        }

        Tensor read = cat(reads, 2).matmul(_parameters[$"{name}/memory"]);
        Tensor scaled = read * (read.square().mean([-1], keepdim: true) + 1e-5).rsqrt();
        return (Join(scaled) * _parameters[$"{name}/gain"]).matmul(_parameters[$"{name}/out"]);
    }

    private Tensor Map(string name, string map, Tensor x) =>
        x.matmul(_parameters[$"{name}/{map}"]).reshape(x.shape[0], x.shape[1], _settings.Heads, -1).transpose(1, 2);

    private static Tensor Join(Tensor x) => x.transpose(1, 2).flatten(2);

    private static Tensor Modify(Tensor z, Tensor state) => z + z.matmul(state);

    private static Tensor Unit(Tensor x) => Functional.normalize(x, dim: -1);

    private Tensor Normal(Tensor x) => Functional.layer_norm(x, [_settings.Width]);

    private (Tensor Cosines, Tensor Sines) Rotation(long time)
    {
        int half = _settings.Width / _settings.Heads / 2;
        Tensor frequencies = torch.pow(10_000, -arange(half, dtype: ScalarType.Float32) / half);
        Tensor angles = arange(time, dtype: ScalarType.Float32).unsqueeze(1) * frequencies;
        return (angles.cos(), angles.sin());
    }

    private static Tensor Turn(Tensor x, Tensor cosines, Tensor sines)
    {
        Tensor[] halves = x.chunk(2, -1);
        return cat([(halves[0] * cosines) - (halves[1] * sines), (halves[0] * sines) + (halves[1] * cosines)], -1);
    }
}
