using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A classifier that learns from a stream, one event at a time. Classes are numbered from 0 in the order of their first
/// appearance, so <see cref="Learn"/> meets at most one new number at a time. Not safe for concurrent use.
/// </summary>
public interface IContinualLearner
{
    /// <summary>The name under which its figures are reported.</summary>
    string Name { get; }

    /// <summary>The best class among those learned so far; -1 while there is none. Changes no answer.</summary>
    int Predict(in SparseVector key);

    /// <summary>Learns one event; a class is known from its first event on.</summary>
    void Learn(in SparseVector key, int label);

    /// <summary>The stream goes on to another task. Only learners that are told of tasks make use of it.</summary>
    void EndTask();
}
