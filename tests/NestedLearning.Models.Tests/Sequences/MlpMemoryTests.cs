using NestedLearning.Tensors;
using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Models.Tests.Sequences;

/// <summary>Self-modifying memories that are MLPs, next to five that are written token by token in plain loops.</summary>
public class MlpMemoryTests
{
    private const int Size = 4;
    private const int Time = 11;

    private static readonly SequenceSettings Settings = SmallModels.Settings(MixerKind.SelfModifying) with { Memory = MemoryKind.Mlp };

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(16)]
    public void Mix_ChunksOfProducts_AreWritesTokenByToken(int chunkLength)
    {
        SequenceSettings settings = Settings with { Width = 2 * Size, Heads = 2, Blocks = 1, ChunkLength = chunkLength };
        Float64Backend backend = new();
        ParameterFactory factory = new(backend, 5);
        MlpTitansMixer mixer = new(factory, "m", settings, 1);
        using ParameterSet parameters = factory.Build();
        TokenByToken oracle = new(parameters.Parameters.ToDictionary(parameter => parameter.Name[2..], parameter => Float64Backend.Values(parameter.Value)), chunkLength);
        using Tensor x = backend.Normal([2, Time, 8], 11);

        using Tape tape = new(backend);
        Variable mixed = mixer.Mix(new BoundParameters(tape, parameters), tape.Constant(x), mixer.Begin(tape, 2), 0);

        double[] actual = Float64Backend.Values(mixed.Value);
        double[] expected = oracle.Mix(Float64Backend.Values(x), streams: 2);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Gradients_OfEveryParameter_AreDifferences() => ModelGradients.AssertAreDifferences(Settings with { Blocks = 1 });

    [Fact]
    public void Read_InPieces_IsReadingTheWhole() => SequenceModelTests.AssertReadInPieces(Settings);

    [Fact]
    public void Read_FarBeyondAnyTraining_StaysFinite()
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), Settings with { ChunkLength = 16 });
        using Tape tape = new(model.Backend);
        using IDisposable pause = tape.NoGradient();
        Assert.All(model.Read(tape, SmallModels.Tokens(2048), 1).Logits.ToArray(), logit => Assert.InRange(logit, -1000, 1000));
    }

    [Fact]
    public void Read_OneTokenAgainAndAgainByLargeMaps_StaysFinite()
    {
        // All keys of a chunk are alike, and curvatures are large: steps of the plain rate would add up far beyond their targets.
        SequenceSettings settings = Settings with { Width = 16, ChunkLength = 16 };
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), settings);
        TensorSet large = [];
        foreach (DenseTensor tensor in model.Parameters.Save().Cast<DenseTensor>().Where(tensor => tensor.Name.EndsWith("/up", StringComparison.Ordinal) || tensor.Name.EndsWith("/down", StringComparison.Ordinal)))
        {
            large.Add(tensor with { Values = Array.ConvertAll(tensor.Values.ToArray(), value => 5 * value) });
        }

        model.Parameters.LoadSome(large);
        float[] logits = SmallModels.Logits(model, new int[512], 1);
        Assert.All(logits, logit => Assert.InRange(logit, -1000, 1000));
    }

    [Fact]
    public void Validate_MlpsOfAnotherMixer_AreRefused() => Assert.Equal(
        "Memory is Mlp, accepted: Matrix where Mixer is Delta",
        Assert.Single(Assert.Throws<InvalidSpecException>((Settings with { Mixer = MixerKind.Delta }).Validate).Violations));

    /// <summary>Five MLPs, of two heads, as matrices that are there and are changed.</summary>
    private sealed class TokenByToken(Dictionary<string, double[]> parameters, int chunkLength)
    {
        private const int Width = 2 * Size;
        private const int Memories = 5;

        public double[] Mix(double[] x, int streams)
        {
            double[] reads = new double[x.Length];
            for (int stream = 0; stream < streams; stream++)
            {
                for (int head = 0; head < 2; head++)
                {
                    Run(x.AsSpan(stream * Time * Width, Time * Width).ToArray(), reads.AsSpan(stream * Time * Width, Time * Width), head);
                }
            }

            return Float64.Multiply(reads, parameters["out"], streams * Time, Width, Width);
        }

        private void Run(double[] x, Span<double> reads, int head)
        {
            Mlp[] now = [.. Enumerable.Range(0, Memories).Select(memory => new Mlp(Part("up", head, memory), Part("down", head, memory)))];
            Mlp[] start = now;
            double[] sums = new double[Memories];
            for (int t = 0; t < Time; t++)
            {
                if (t % chunkLength == 0)
                {
                    start = [.. now.Select(memory => memory.Copy())];
                    Array.Clear(sums);
                }

                double[] token = x[(t * Width)..((t + 1) * Width)];
                double[] gates = Unit(Map(token, "to-gates", head));
                double[] key = Unit(start[0].Answer(Unit(Map(token, "to-key", head))));
                double[] value = Unit(start[1].Answer(Unit(Map(token, "to-value", head))));
                double rate = Sigmoid(Dot(start[2].Answer(gates), Head("rates", head, Size)));
                double retention = Sigmoid(Dot(start[3].Answer(gates), Head("retentions", head, Size)) + 5);
                for (int memory = 0; memory < Memories; memory++)
                {
                    sums[memory] = now[memory].Write(start[memory], key, Unit(start[memory].Answer(value)), rate, retention, sums[memory]);
                }

                double[] read = now[^1].Answer(Unit(Map(token, "to-query", head)));
                double rms = Math.Sqrt((Dot(read, read) / Size) + 1e-5);
                for (int i = 0; i < Size; i++)
                {
                    reads[(t * Width) + (head * Size) + i] = read[i] / rms;
                }
            }
        }

        private double[] Map(double[] token, string name, int head) =>
            Float64.Multiply(token, parameters[name], 1, Width, Width)[(head * Size)..((head + 1) * Size)];

        private double[] Head(string name, int head, int length) => parameters[name][(head * length)..((head + 1) * length)];

        private double[] Part(string name, int head, int memory)
        {
            int index = (head * Memories) + memory;
            return parameters[name][(index * Size * Size)..((index + 1) * Size * Size)];
        }

        private static double[] Unit(double[] x) => Array.ConvertAll(x, value => value / Math.Sqrt(Dot(x, x) + 1e-12));

        private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

        private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }

    /// <summary><c>x + tanh(x A) B</c>, and where it began.</summary>
    private sealed class Mlp(double[] up, double[] down)
    {
        private readonly double[] _initialUp = [.. up];
        private readonly double[] _initialDown = [.. down];

        public Mlp Copy() => new([.. up], [.. down]);

        public double[] Answer(double[] x) => [.. Product(Hidden(x), down).Zip(x, (a, b) => a + b)];

        /// <summary>Keeps a part of what was written, and steps along the gradient that another state has.</summary>
        /// <returns>The sum of rates and curvatures with this one.</returns>
        public double Write(Mlp at, double[] key, double[] target, double rate, double retention, double sum)
        {
            double[] hidden = at.Hidden(key);
            double[] error = [.. at.Answer(key).Zip(target, (a, b) => a - b)];
            double[] back = [.. Enumerable.Range(0, Size).Select(j => (1 - (hidden[j] * hidden[j])) * Enumerable.Range(0, Size).Sum(i => error[i] * at.Down(j, i)))];
            double squares = error.Sum(e => e * e);
            sum += rate * ((hidden.Sum(h => h * h) * squares) + back.Sum(p => p * p)) / (squares + 1e-6);
            double step = rate / (1 + (4 * sum));
            for (int i = 0; i < Size; i++)
            {
                for (int j = 0; j < Size; j++)
                {
                    int at1 = (i * Size) + j;
                    up[at1] = _initialUp[at1] + (retention * (up[at1] - _initialUp[at1])) - (step * key[i] * back[j]);
                    down[at1] = _initialDown[at1] + (retention * (down[at1] - _initialDown[at1])) - (step * hidden[i] * error[j]);
                }
            }

            return sum;
        }

        private double Down(int row, int column) => down[(row * Size) + column];

        private double[] Hidden(double[] x) => Array.ConvertAll(Product(x, up), Math.Tanh);

        private static double[] Product(double[] x, double[] map) => Float64.Multiply(x, map, 1, Size, Size);
    }
}
