using System.Collections;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The parameters of one level, in a fixed order: they share a period, and one optimiser steps them together.</summary>
public sealed class ParameterGroup : IReadOnlyList<Parameter>
{
    private readonly Parameter[] _parameters;

    /// <summary>A group that takes its parameters over.</summary>
    /// <param name="name">What it is called in errors and reports.</param>
    /// <param name="level">The level, 0 being the fastest.</param>
    /// <param name="parameters">The parameters; no two have one name.</param>
    /// <exception cref="InvalidParameterNameException">Two have one name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is negative.</exception>
    public ParameterGroup(string name, int level, params IEnumerable<Parameter> parameters)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        Name = name;
        Level = level;
        _parameters = [.. parameters];
        RequireDistinct(_parameters);
    }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The level, 0 being the fastest.</summary>
    public int Level { get; }

    /// <inheritdoc/>
    public int Count => _parameters.Length;

    /// <summary>The number of elements of all parameters.</summary>
    public long ElementCount => _parameters.Sum(parameter => (long)parameter.Shape.ElementCount);

    /// <inheritdoc/>
    public Parameter this[int index] => _parameters[index];

    /// <summary>The parameters on a tape, in their order.</summary>
    public Variable[] On(Tape tape) => Array.ConvertAll(_parameters, parameter => tape.Parameter(parameter.Value));

    /// <inheritdoc/>
    public IEnumerator<Parameter> GetEnumerator() => ((IEnumerable<Parameter>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Refuses parameters of which two have one name.</summary>
    internal static void RequireDistinct(IEnumerable<Parameter> parameters)
    {
        HashSet<string> names = [];
        foreach (Parameter parameter in parameters)
        {
            if (!names.Add(parameter.Name))
            {
                throw new InvalidParameterNameException(parameter.Name);
            }
        }
    }
}
