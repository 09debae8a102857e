using NestedLearning.Models;

namespace NestedLearning.Tensors.Contracts;

/// <summary>The published rules in float64, element by element, for one parameter that is a matrix or is read as one.</summary>
internal sealed class ReferenceRule(RuleSettings settings, Shape shape)
{
    private static readonly (double A, double B, double C)[] PolarExpress =
    [
        (8.28721201814563, -23.595886519098837, 17.300387312530933),
        (4.107059111542203, -2.9478499167379106, 0.5448431082926601),
        (3.9486908534822946, -2.908902115962949, 0.5518191394370137),
        (3.3184196573706015, -2.488488024314874, 0.51004894012372),
        (2.300652019954817, -1.6689039845747493, 0.4188073119525673),
    ];

    private readonly Dictionary<string, double[]> _state = [];
    private int _count;

    /// <summary>The memory that a deep momentum starts with.</summary>
    public ReferenceMemory? Memory { get; init; }

    /// <summary>The parameters after one step.</summary>
    public double[] Step(double[] p, double[] g, double[]? inputs, double eta, double kept)
    {
        _count++;
        return settings switch
        {
            SgdSettings => Moved(p, g),
            DgdSettings => inputs is null ? Moved(p, g) : DeltaDescent(),
            MomentumSettings momentum => Moved(p, Momentum(momentum)),
            DeltaMomentumSettings delta => Moved(p, DeltaMomentum(delta)),
            DeepMomentumSettings deep => Moved(p, Memory!.Learn(deep, g)),
            AdamWSettings adam => Moved(p, Adam(adam)),
            MuonSettings muon => Moved(p, shape.Rank == 2 ? Muon(muon) : Adam(muon.Others)),
            M3Settings m3 => Moved(p, shape.Rank == 2 ? M3(m3) : Adam(m3.Others)),
            _ => throw new ArgumentOutOfRangeException(nameof(settings)),
        };

        double[] Moved(double[] from, double[] along) => [.. from.Zip(along, (value, move) => (kept * value) - (eta * move))];

        double[] DeltaDescent()
        {
            double rate = eta / (1 + eta);
            (int height, int width) = (shape[0], shape[1]);
            double[] result = [.. p.Zip(g, (value, slope) => (kept * value) - (rate * slope))];
            foreach (double[] x in inputs.Chunk(height))
            {
                double length = Math.Sqrt(x.Sum(value => value * value));
                for (int i = 0; i < height; i++)
                {
                    for (int j = 0; j < width; j++)
                    {
                        double answer = Enumerable.Range(0, height).Sum(k => x[k] / length * p[(k * width) + j]);
                        result[(i * width) + j] -= rate * x[i] / length * answer / (inputs.Length / height);
                    }
                }
            }

            return result;
        }

        double[] Momentum(MomentumSettings momentum)
        {
            double[] m = Blend("m", momentum.Momentum, g, 1);
            return momentum.IsNesterov ? [.. g.Zip(m, (slope, value) => slope + (momentum.Momentum * value))] : m;
        }

        double[] DeltaMomentum(DeltaMomentumSettings delta)
        {
            int columns = shape.Rank < 2 ? 1 : shape[^1];
            double[] old = State("m", g.Length);
            double[] m = new double[g.Length];
            for (int e = 0; e < g.Length; e++)
            {
                (int i, int j) = (e / columns, e % columns);
                double held = 0;
                for (int k = 0; k < g.Length / columns; k++)
                {
                    double gram = Enumerable.Range(0, columns).Sum(c => g[(i * columns) + c] * g[(k * columns) + c]);
                    held += gram * old[(k * columns) + j];
                }

                m[e] = (delta.Retention * old[e]) - (delta.DeltaRate * held) + g[e];
            }

            return _state["m"] = m;
        }

        double[] Adam(AdamWSettings adam)
        {
            double[] m = Blend("m", adam.Beta1, g, 1 - adam.Beta1);
            double[] v = Blend("v", adam.Beta2, Squares(), 1 - adam.Beta2);
            return [.. m.Zip(v, (first, second) => first / (1 - Math.Pow(adam.Beta1, _count))
                / (Math.Sqrt(second / (1 - Math.Pow(adam.Beta2, _count))) + adam.Epsilon))];
        }

        double[] Muon(MuonSettings muon)
        {
            double[] m = Blend("m", muon.Momentum, g, 1);
            double[] ahead = muon.IsNesterov ? [.. g.Zip(m, (slope, value) => slope + (muon.Momentum * value))] : m;
            return [.. Orthogonal(ahead).Select(value => 0.2 * Math.Sqrt(Math.Max(shape[0], shape[1])) * value)];
        }

        double[] M3(M3Settings m3)
        {
            bool forgets = m3.Averages == M3Averages.Exponential;
            double[] fast = Blend("fast", forgets ? m3.Beta1 : 1, g, forgets ? 1 - m3.Beta1 : m3.Beta1);
            double[] second = Blend("second", forgets ? m3.Beta2 : 1, Squares(), forgets ? 1 - m3.Beta2 : m3.Beta2);
            double[] slow = Orthogonal(State("slow", g.Length));
            double correction = forgets ? 1 - Math.Pow(m3.Beta2, _count) : 1;
            double[] direction = [.. Orthogonal(fast).Select((value, e) =>
                (value + (m3.SlowWeight * slow[e])) / (Math.Sqrt(second[e] / correction) + m3.Epsilon))];
            double[] chunk = Blend("chunk", 1, g, 1);
            if (_count % m3.ChunkSteps == 0)
            {
                Blend("slow", forgets ? m3.Beta3 : 1, chunk, forgets ? (1 - m3.Beta3) / m3.ChunkSteps : m3.Beta3);
                _state.Remove("chunk");
            }

            return direction;
        }

        double[] Squares() => Array.ConvertAll(g, value => value * value);
    }

    private double[] State(string name, int length) => _state.TryGetValue(name, out double[]? values) ? values : _state[name] = new double[length];

    private double[] Blend(string name, double keep, double[] x, double scale) =>
        _state[name] = [.. State(name, x.Length).Zip(x, (old, value) => (keep * old) + (scale * value))];

    private double[] Orthogonal(double[] x)
    {
        double norm = 1.01 * Math.Sqrt(x.Sum(value => value * value));
        return norm == 0 ? x : JacobiSvd.Of([.. x.Select(value => value / norm)], shape[0], shape[1]).Map(value =>
        {
            foreach ((double a, double b, double c) in PolarExpress)
            {
                value = (a * value) + (b * Math.Pow(value, 3)) + (c * Math.Pow(value, 5));
            }

            return value;
        });
    }
}
