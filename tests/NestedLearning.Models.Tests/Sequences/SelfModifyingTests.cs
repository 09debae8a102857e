using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Models.Tests.Sequences;

/// <summary>The one state of a self-modifying memory, next to five memories that are each written by themselves.</summary>
public class SelfModifyingTests
{
    private const int Size = 4;
    private const int Time = 23;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void Mix_OneStateForFiveMemories_IsTheFive(int chunkLength)
    {
        SequenceSettings settings = new(SmallModels.Vocabulary) { Width = 2 * Size, Heads = 2, Blocks = 1, ChunkLength = chunkLength, Hidden = 4 };
        Float64Backend backend = new();
        ParameterFactory factory = new(backend, 5);
        TitansMixer mixer = new(factory, "m", settings, 1);
        using ParameterSet parameters = factory.Build();
        FiveMemories oracle = new(parameters.Parameters.ToDictionary(parameter => parameter.Name[2..], parameter => Float64Backend.Values(parameter.Value)), chunkLength);
        using Tensor x = backend.Normal([2, Time, 8], 11);

        using Tape tape = new(backend);
        Variable mixed = mixer.Mix(new BoundParameters(tape, parameters), tape.Constant(x), mixer.Begin(tape, 2), 0);

        double[] actual = Float64Backend.Values(mixed.Value);
        double[] expected = oracle.Mix(Float64Backend.Values(x), streams: 2, Time);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-9);
        }
    }

    [Fact]
    public void Read_FarBeyondAnyTraining_StaysFinite()
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), SmallModels.Settings(MixerKind.SelfModifying) with { ChunkLength = 16 });
        using Tape tape = new(model.Backend);
        Assert.All(model.Read(tape, SmallModels.Tokens(4096), 1).Logits.ToArray(), logit => Assert.InRange(logit, -1000, 1000));
    }

    /// <summary>
    /// Keys, values, rates, retentions and answers each have a memory of their own, M. What a token adds to M is the value that M makes of
    /// the token's target; so each moves from its initial value by the delta rule. Row vectors, head by head, token by token.
    /// </summary>
    private sealed class FiveMemories(Dictionary<string, double[]> parameters, int chunkLength)
    {
        private const int Width = 2 * Size;
        private static readonly string[] Names = ["keys", "values", "rates", "retentions", "memory"];

        public double[] Mix(double[] x, int streams, int time)
        {
            double[] reads = new double[x.Length];
            for (int stream = 0; stream < streams; stream++)
            {
                for (int head = 0; head < 2; head++)
                {
                    Run(x.AsSpan(stream * time * Width, time * Width).ToArray(), reads.AsSpan(stream * time * Width, time * Width), head, time);
                }
            }

            return Product(reads, parameters["out"], streams * time, Width, Width);
        }

        private void Run(double[] x, Span<double> reads, int head, int time)
        {
            Dictionary<string, double[]> initial = Names.ToDictionary(name => name, name => Head(parameters[name], head));
            Dictionary<string, double[]> now = initial.ToDictionary(pair => pair.Key, pair => (double[])pair.Value.Clone());
            Dictionary<string, double[]> start = now;

            // The state itself, which no model keeps: what a memory with the initial value I would be.
            double[] state = new double[Size * Size];
            double[] stateAtStart = state;
            for (int t = 0; t < time; t++)
            {
                if (t % chunkLength == 0)
                {
                    start = now.ToDictionary(pair => pair.Key, pair => (double[])pair.Value.Clone());
                    stateAtStart = (double[])state.Clone();
                }

                double[] token = x[(t * Width)..((t + 1) * Width)];
                double[] key = Unit(Product(Map(token, "to-key", head), start["keys"], 1, Size, Size));
                double[] value = Unit(Product(Map(token, "to-value", head), start["values"], 1, Size, Size));
                double[] gates = Map(token, "to-gates", head);
                double rate = Sigmoid(Product(gates, start["rates"], 1, Size, 1)[0]);
                double retention = Sigmoid(Product(gates, start["retentions"], 1, Size, 1)[0] + 5);
                double[] target = Unit([.. value.Zip(Product(value, stateAtStart, 1, Size, Size), (v, s) => v + s)]);
                foreach (string name in Names)
                {
                    now[name] = Write(initial[name], now[name], key, target, rate, retention);
                }

                state = Write(Identity(), [.. state.Zip(Identity(), (s, i) => s + i)], key, target, rate, retention);
                state = [.. state.Zip(Identity(), (s, i) => s - i)];
                double[] query = Unit(Map(token, "to-query", head));
                double[] read = Product(query, now["memory"], 1, Size, Size);
                double rms = Math.Sqrt((read.Sum(r => r * r) / Size) + 1e-5);
                for (int i = 0; i < Size; i++)
                {
                    reads[(t * Width) + (head * Size) + i] = read[i] / rms;
                }
            }
        }

        /// <summary>D = M − M(0) as a matrix that is asked from the left: D ← α D + η kᵀ (target − k S) M(0), where D = S M(0).</summary>
        private static double[] Write(double[] initial, double[] now, double[] key, double[] target, double rate, double retention)
        {
            int columns = initial.Length / Size;
            double[] answer = Product(target, initial, 1, Size, columns);
            double[] written = new double[initial.Length];
            for (int column = 0; column < columns; column++)
            {
                double read = 0;
                for (int row = 0; row < Size; row++)
                {
                    read += key[row] * (now[(row * columns) + column] - initial[(row * columns) + column]);
                }

                for (int row = 0; row < Size; row++)
                {
                    int i = (row * columns) + column;
                    written[i] = initial[i] + (retention * (now[i] - initial[i])) + (rate * key[row] * (answer[column] - read));
                }
            }

            return written;
        }

        private double[] Map(double[] token, string name, int head) => Product(token, parameters[name], 1, Width, Width)[(head * Size)..((head + 1) * Size)];

        private static double[] Head(double[] all, int head) => all[(head * all.Length / 2)..((head + 1) * all.Length / 2)];

        private static double[] Identity() => [.. Enumerable.Range(0, Size * Size).Select(i => i / Size == i % Size ? 1.0 : 0)];

        private static double[] Product(double[] x, double[] y, int rows, int inner, int columns) => Float64.Multiply(x, y, rows, inner, columns);

        private static double[] Unit(double[] x)
        {
            double length = Math.Sqrt(x.Sum(v => v * v) + 1e-12);
            return Array.ConvertAll(x, v => v / length);
        }

        private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }
}
