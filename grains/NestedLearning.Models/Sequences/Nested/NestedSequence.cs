using System.Globalization;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A sequence model as one memory runs it, over its replicas of the shared levels.</summary>
internal sealed class NestedSequence(SequenceSpec spec, SequenceModel model, ISequenceExchange exchange) : INestedModel
{
    private const string LossSum = "loss";

    private readonly SequenceGuard _guard = new(spec);

    public IReadOnlyList<LevelSpec> Levels => spec.Levels;

    public long PrivateBytes => exchange.SizeBytes;

    public double Loss { get; private set; }

    public CodeLength CodeLength { get; private set; }

    /// <summary>
    /// The most likely token after a text, or after the first window, and the logarithm of its probability. After a text it is what the token
    /// stands for, where that is text by itself.
    /// </summary>
    public Prediction Predict(ModelInput input)
    {
        ReadOnlyMemory<int> tokens = TokensBefore(input);
        using SequenceStream stream = new(model);
        float[] logits = stream.ReadOn(tokens);
        int best = Vectors.ArgMax(logits);
        double rest = logits.Sum(logit => Math.Exp(logit - logits[best]));
        string label = input is TextInput ? Tokenizer.Decode(best) : best.ToString(CultureInfo.InvariantCulture);
        return new Prediction(label, (float)-Math.Log(rest));
    }

    /// <summary>Learns from a text, or from the windows of a step; the score is their mean loss, in nats a token, with the sign changed.</summary>
    public Prediction Step(ModelInput input, string label)
    {
        IReadOnlyList<TokenWindows> groups = GroupsOf(input);
        double loss = exchange.Learn(groups);
        Loss += loss;
        if (spec.Tokenizer is not null)
        {
            CodeLength += new CodeLength(
                loss / Math.Log(2) * groups.Sum(group => group.Targets.Length), groups.Sum(group => Tokenizer.CountBytes(group.Targets)));
        }

        return new Prediction(null, (float)-loss);
    }

    public long Pending(LevelId level) => exchange.Pending(spec.IndexOf(level));

    public Contribution Drain(LevelId level, long sequence) => exchange.Drain(spec.IndexOf(level), sequence);

    public void Adopt(LevelId level, LevelVersion version, long foldedThrough) => exchange.Adopt(spec.IndexOf(level), version, foldedThrough);

    public TensorSet Save()
    {
        TensorSet state = [new DoubleTensor(LossSum, [3], new[] { Loss, CodeLength.Bits, CodeLength.Bytes })];
        exchange.Save(state);
        return state;
    }

    public void Load(TensorSet state)
    {
        ReadOnlySpan<double> sums = state.Get<DoubleTensor>(LossSum).Values.Span;
        Loss = sums[0];
        CodeLength = sums.Length > 1 ? new CodeLength(sums[1], (long)sums[2]) : default; // States of before texts have the loss alone.
        exchange.Load(state);
    }

    private ITokenizer Tokenizer => spec.Tokenizer!.Make();

    /// <exception cref="InvalidInputException">It is no text, and no windows of this model's tokens that it may learn.</exception>
    private IReadOnlyList<TokenWindows> GroupsOf(ModelInput input)
    {
        SequenceTrainingSettings training = spec.Training;
        return input is TextInput text
            ? TokenWindows.Cut(_guard.TokensOf(text, least: 2), training.Length, training.Batch)
            : TokenWindows.Of(_guard.Checked(input, least: 2, most: training.Length + 1)).InGroups(training.Batch);
    }

    /// <exception cref="InvalidInputException">It is no text, and no windows of this model's tokens.</exception>
    private ReadOnlyMemory<int> TokensBefore(ModelInput input)
    {
        if (input is TextInput text)
        {
            return _guard.TokensOf(text, least: 1);
        }

        TokenInput tokens = _guard.Checked(input, least: 1, most: SequenceSpec.MaxTokens);
        return tokens.Tokens[..(tokens.Tokens.Length / tokens.Windows)];
    }
}
