using System.CommandLine;
using System.Globalization;
using NestedLearning.Models;
using NestedLearning.Silo.Configuration;
using NestedLearning.Tensors;
using NestedLearning.Torch;

namespace NestedLearning.Silo.Commands;

/// <summary><c>nl-silo bench</c>: the managed backend beside TorchSharp.</summary>
internal sealed class BenchCommand
{
    private const string About = """
        Measures what learning spends its time on, on the managed backend and on TorchSharp, in turns and in one run. The last column says how many
        times as fast the managed backend is; products and steps of training take a share of TorchSharp's own speed at the largest product, which
        takes its turns with them.
        """;

    private const string None = "–";

    private readonly TextWriter _output;
    private readonly Option<string> _device = new("--device") { Description = "Where TorchSharp computes: cpu or cuda:N.", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads of the processor for an operation, 1 to 64.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _only = new("--only") { Description = "Measure what has this in its name.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
    private readonly Option<bool> _large = new("--large") { Description = "Sizes that keep a GPU busy, on TorchSharp alone." };
    private readonly Option<bool> _bfloat16 = new("--bfloat16") { Description = "Large products from operands rounded to bfloat16." };

    private BenchCommand(TextWriter output) => _output = output;

    public static Command Create(TextWriter output)
    {
        BenchCommand self = new(output);
        Command command = new("bench", About) { self._device, self._threads, self._only, self._large, self._bfloat16 };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(self.Execute(parsed, cancellationToken)));
        return command;
    }

    private int Execute(ParseResult parsed, CancellationToken cancellationToken)
    {
        TorchDevice device = TorchDevice.TryParse(parsed.GetRequiredValue(_device), out TorchDevice known)
            ? known
            : throw new InvalidSettingsException([$"--device is '{parsed.GetValue(_device)}'; accepted: cpu, cuda or cuda:N."]);
        int threads = parsed.GetValue(_threads) is var value and >= 1 and <= 64
            ? value
            : throw new InvalidSettingsException([$"--threads is {parsed.GetValue(_threads)}; accepted: 1 to 64."]);
        bool large = parsed.GetValue(_large);
        TorchBackend torch = new(new TorchOptions { Device = device, Threads = threads, Bfloat16From = parsed.GetValue(_bfloat16) ? 1 << 20 : null });
        WorkloadSizes sizes = large ? WorkloadSizes.Gpu : WorkloadSizes.Processor;
        using Workloads theirs = new(torch, sizes);
        using Workloads? ours = large ? null : new Workloads(new ManagedBackend(threads), sizes);
        Workload largest = theirs.All[sizes.Products.Count - 1];
        _output.WriteLine($"{SimdLevel.Description}; {torch.Name}");
        _output.WriteLine("| | managed µs | TorchSharp µs | share of its product speed | TorchSharp / managed |");
        _output.WriteLine("|---|---|---|---|---|");
        string only = parsed.GetRequiredValue(_only);
        for (int i = 0; i < theirs.All.Count; i++)
        {
            if (theirs.All[i].Name.Contains(only, StringComparison.OrdinalIgnoreCase))
            {
                Measure(theirs.All[i], largest, ours?.All[i], cancellationToken);
            }
        }

        return ExitCode.Success;
    }

    private void Measure(Workload theirs, Workload largest, Workload? ours, CancellationToken cancellationToken)
    {
        Action[] computations = ours is null ? [theirs.Run, largest.Run] : [theirs.Run, largest.Run, ours.Run];
        TimeSpan[] times = Turns.Shortest(computations, cancellationToken);
        double share = theirs.Operations / times[0].TotalNanoseconds / (largest.Operations / times[1].TotalNanoseconds);
        string managed = ours is null ? None : Text(times[2].TotalMicroseconds);
        string ratio = ours is null ? None : (times[0] / times[2]).ToString("F2", CultureInfo.InvariantCulture);
        string used = share > 0 ? share.ToString("P0", CultureInfo.InvariantCulture) : None;
        _output.WriteLine($"| {theirs.Name} | {managed} | {Text(times[0].TotalMicroseconds)} | {used} | {ratio} |");
    }

    private static string Text(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
