using Spectre.Console;

namespace NestedLearning.Cli.Evaluating;

/// <summary>A result, for people and for programs.</summary>
internal interface IReport
{
    string ToJson();

    void Write(IAnsiConsole console);
}
