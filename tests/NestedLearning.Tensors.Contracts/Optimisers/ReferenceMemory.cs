using NestedLearning.Models;

namespace NestedLearning.Tensors.Contracts;

/// <summary>The network of a deep momentum in float64, its derivatives written by hand.</summary>
internal sealed class ReferenceMemory(double[] input, int columns, int hidden)
{
    private readonly double[] _output = new double[hidden * columns];

    /// <summary>Learns the rows of a gradient once, and gives what the memory then says, negated: the direction of descent.</summary>
    public double[] Learn(DeepMomentumSettings settings, double[] gradient)
    {
        double[][] rows = [.. gradient.Chunk(columns)];
        double[] lengths = Array.ConvertAll(rows, row => Math.Sqrt(row.Sum(value => value * value)));
        double[][] keys = [.. rows.Zip(lengths, (row, length) => Array.ConvertAll(row, value => value / length))];
        double[] inputSlopes = new double[input.Length];
        double[] outputSlopes = new double[_output.Length];
        foreach (double[] key in keys)
        {
            (double[] units, double[] answer) = Say(key);
            double[] errors = settings.Objective == InnerObjective.Squared ? [.. answer.Zip(key, (said, value) => said + value)] : key;
            for (int h = 0; h < hidden; h++)
            {
                double back = 0;
                for (int c = 0; c < columns; c++)
                {
                    double error = errors[c] / keys.Length / Math.Sqrt(hidden);
                    outputSlopes[(h * columns) + c] += units[h] * error;
                    back += _output[(h * columns) + c] * error;
                }

                for (int c = 0; c < columns; c++)
                {
                    inputSlopes[(c * hidden) + h] += key[c] * back * (1 - (units[h] * units[h]));
                }
            }
        }

        Descend(input, inputSlopes);
        Descend(_output, outputSlopes);
        return [.. keys.Zip(lengths).SelectMany(pair => Say(pair.First).Answer.Select(value => -value * pair.Second))];

        void Descend(double[] weights, double[] slopes)
        {
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = (settings.Retention * weights[i]) - (settings.InnerRate * slopes[i]);
            }
        }
    }

    private (double[] Units, double[] Answer) Say(double[] key)
    {
        double[] units = [.. Enumerable.Range(0, hidden).Select(h =>
            Math.Tanh(Enumerable.Range(0, columns).Sum(c => key[c] * input[(c * hidden) + h])))];
        return (units, [.. Enumerable.Range(0, columns).Select(c =>
            Enumerable.Range(0, hidden).Sum(h => units[h] * _output[(h * columns) + c]) / Math.Sqrt(hidden))]);
    }
}
