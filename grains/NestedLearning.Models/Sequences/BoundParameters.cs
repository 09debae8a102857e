using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>A model's parameters on one tape.</summary>
internal sealed class BoundParameters
{
    private readonly Dictionary<Parameter, Variable> _variables;

    public BoundParameters(Tape tape, ParameterSet parameters)
    {
        Tape = tape;
        Groups = [.. parameters.Select(group => group.On(tape))];
        _variables = parameters.Parameters.Zip(Groups.SelectMany(group => group)).ToDictionary();
    }

    /// <summary>The tape.</summary>
    public Tape Tape { get; }

    /// <summary>The variables of each group, in its order.</summary>
    public IReadOnlyList<Variable[]> Groups { get; }

    /// <summary>A parameter on the tape.</summary>
    public Variable this[Parameter parameter] => _variables[parameter];
}
