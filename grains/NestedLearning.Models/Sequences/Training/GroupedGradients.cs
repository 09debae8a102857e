using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The mean loss of a model over windows that are read in groups, one after the other, and its gradients: the same, but for rounding, as if all
/// were read at once, in the memory of one group.
/// </summary>
internal sealed class GroupedGradients : IDisposable
{
    private GroupedGradients(SequenceModel model) => Levels = [.. model.Parameters.Select(group => new GradientSum(model.Backend, group))];

    /// <summary>The mean loss, in nats a token.</summary>
    public double Loss { get; private set; }

    /// <summary>The gradients of each group of parameters.</summary>
    public GradientSum[] Levels { get; }

    /// <summary>Reads the groups.</summary>
    public static GroupedGradients Of(SequenceModel model, IReadOnlyList<TokenWindows> groups)
    {
        GroupedGradients gradients = new(model);
        try
        {
            double all = groups.Sum(group => (double)group.Targets.Length);
            foreach (TokenWindows group in groups)
            {
                gradients.Add(model, group, group.Targets.Length / all);
            }

            return gradients;
        }
        catch
        {
            gradients.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(Levels, level => level.Dispose());

    /// <summary>Adds a group that is this part of all tokens.</summary>
    private void Add(SequenceModel model, TokenWindows windows, double part)
    {
        using SequenceGradients gradients = SequenceGradients.Of(
            model, windows.Tokens, windows.Count, logits => Weighted(CrossEntropy.Mean(logits, windows.Targets), part));
        int first = 0;
        foreach (GradientSum level in Levels)
        {
            level.Add(gradients.All.AsSpan(first, level.ParameterCount));
            first += level.ParameterCount;
        }

        Loss += gradients.Loss;
    }

    private static Variable Weighted(Variable loss, double part) => part == 1 ? loss : loss * (float)part;
}
