using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The part of a block that takes each token by itself.</summary>
internal interface IFeedForward
{
    /// <summary>The tokens [streams, time, width] with what it adds to them.</summary>
    Variable Apply(BoundParameters parameters, Variable x);
}
