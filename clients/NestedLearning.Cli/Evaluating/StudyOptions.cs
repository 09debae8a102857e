using NestedLearning.Models;

namespace NestedLearning.Cli.Evaluating;

/// <summary>A model that is to be trained for tasks.</summary>
/// <param name="Name">What the command line calls it.</param>
/// <param name="Settings">Its shape, but for the vocabulary, which is the task's.</param>
internal sealed record StudyModel(string Name, SequenceSettings Settings);

/// <summary>What is learned, and what is asked then.</summary>
/// <param name="Learned">The task that is trained.</param>
/// <param name="Asked">The tasks that are scored, of the same tokens.</param>
internal sealed record StudyTask(ISequenceTask Learned, IReadOnlyList<ISequenceTask> Asked);

/// <summary>How models are compared on tasks.</summary>
/// <param name="Models">The models.</param>
/// <param name="Training">How each learns.</param>
internal sealed record StudyOptions(IReadOnlyList<StudyModel> Models, SequenceTrainingSettings Training)
{
    /// <summary>The streams of each test.</summary>
    public required int Questions { get; init; }

    /// <summary>The threads of a step.</summary>
    public required int Threads { get; init; }
}
