namespace NestedLearning.Models;

/// <summary>
/// One answer: what is to be expected after some tokens of a stream. It is right if all of it is; where it is longer than one token, the
/// stream goes on with it, so that it is right exactly if a model that takes the likeliest token each time would give it.
/// </summary>
/// <param name="Stream">The stream.</param>
/// <param name="Position">The token of the stream after which the first target is expected, from 0.</param>
/// <param name="Targets">What is expected after that token, and after those that follow.</param>
public readonly record struct TaskAnswer(int Stream, int Position, ReadOnlyMemory<int> Targets);
