using System.CommandLine;
using NestedLearning.Cli.Training.Sequences;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>The options that say what a model's parameters are before it learns.</summary>
internal sealed class InitialArguments
{
    private readonly Option<FileInfo?> _from = new("--init-from")
    {
        Description = "Begin with the parameters in a safetensors file: those of a whole model that nl export wrote, which also sets the model's shape and tokens, or those that --init-map chooses.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _maps = new("--init-map")
    {
        Description = "With --init-from: which tensor becomes which parameter, for example an MLP a layer of the continuum memory; * stands for any text, ^T turns a matrix around. May be repeated.",
        HelpName = "SOURCE[^T]=TARGET",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_maps);
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="shape">The options that a whole model takes the place of.</param>
    /// <exception cref="UsageException">The options do not go together.</exception>
    /// <exception cref="NestedLearningException">The file is not what it is to be.</exception>
    public InitialModel? Read(ParseResult parsed, IReadOnlyList<Option> shape)
    {
        string[] maps = parsed.GetValue(_maps) ?? [];
        if (parsed.GetValue(_from) is not { } file)
        {
            return maps.Length == 0 ? null : throw new UsageException("--init-map needs --init-from.");
        }

        if (maps.Length == 0 && shape.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new UsageException($"--init-from without --init-map takes up a whole model, so {given.Name} cannot be set.");
        }

        return InitialModel.Read(file, [.. maps.Select(TensorMap.Parse)]);
    }
}
