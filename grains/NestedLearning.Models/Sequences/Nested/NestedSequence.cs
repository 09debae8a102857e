using System.Globalization;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A sequence model as one memory runs it, over its replicas of the shared levels.</summary>
internal sealed class NestedSequence(SequenceSpec spec, SequenceModel model, ISequenceExchange exchange) : INestedModel
{
    private const string LossSum = "loss";

    public IReadOnlyList<LevelSpec> Levels => spec.Levels;

    public long PrivateBytes => exchange.SizeBytes;

    public double Loss { get; private set; }

    /// <summary>The most likely token after the first window, and the logarithm of its probability.</summary>
    public Prediction Predict(ModelInput input)
    {
        TokenInput tokens = Checked(input, least: 1);
        using Tape tape = new(model.Backend);
        float[] all = model.Read(tape, tokens.Tokens, tokens.Windows).Logits.LogSoftmax().ToArray();
        int vocabulary = spec.Model.Vocabulary;
        ReadOnlySpan<float> next = all.AsSpan(((tokens.Tokens.Length / tokens.Windows) - 1) * vocabulary, vocabulary);
        int best = Vectors.ArgMax(next);
        return new Prediction(best.ToString(CultureInfo.InvariantCulture), next[best]);
    }

    /// <summary>Learns from the windows of a step; the score is their mean loss, in nats a token, with the sign changed.</summary>
    public Prediction Step(ModelInput input, string label)
    {
        double loss = exchange.Learn(TokenWindows.Of(Checked(input, least: 2)));
        Loss += loss;
        return new Prediction(null, (float)-loss);
    }

    public long Pending(LevelId level) => exchange.Pending(spec.IndexOf(level));

    public Contribution Drain(LevelId level, long sequence) => exchange.Drain(spec.IndexOf(level), sequence);

    public void Adopt(LevelId level, LevelVersion version, long foldedThrough) => exchange.Adopt(spec.IndexOf(level), version, foldedThrough);

    public TensorSet Save()
    {
        TensorSet state = [new DoubleTensor(LossSum, [1], new[] { Loss })];
        exchange.Save(state);
        return state;
    }

    public void Load(TensorSet state)
    {
        Loss = state.Get<DoubleTensor>(LossSum).Values.Span[0];
        exchange.Load(state);
    }

    /// <exception cref="InvalidInputException">It is no windows of this model's tokens.</exception>
    private TokenInput Checked(ModelInput input, int least)
    {
        if (input is not TokenInput tokens)
        {
            throw new InvalidInputException("input", $"is a {input?.GetType().Name ?? "null"}", "tokens");
        }

        int count = tokens.Tokens.Length;
        if (count > SequenceSpec.MaxTokens || tokens.Windows < 1 || count % tokens.Windows != 0 || count / tokens.Windows < least)
        {
            throw new InvalidInputException(
                "tokens", $"are {count} in {tokens.Windows} windows", $"up to {SequenceSpec.MaxTokens}, the same number of at least {least} in each window");
        }

        foreach (int token in tokens.Tokens.Span)
        {
            if (token < 0 || token >= spec.Model.Vocabulary)
            {
                throw new InvalidInputException("tokens", $"hold {token}", $"0 to {spec.Model.Vocabulary - 1}");
            }
        }

        return tokens;
    }
}
