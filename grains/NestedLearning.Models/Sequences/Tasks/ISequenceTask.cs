namespace NestedLearning.Models;

/// <summary>A task that tells what a sequence model can do: streams of tokens that ask something of what they held before.</summary>
public interface ISequenceTask
{
    /// <summary>Its name, of <c>[a-z0-9-]</c>.</summary>
    string Name { get; }

    /// <summary>How many different tokens its streams and answers have.</summary>
    int Vocabulary { get; }

    /// <summary>The tokens of each stream.</summary>
    int Length { get; }

    /// <summary>The accuracy of the best guess of one who has not read the stream.</summary>
    double Chance { get; }

    /// <summary>Streams with their answers; the same from a source of random numbers in the same state.</summary>
    TaskBatch Draw(Random random, int streams);
}
