using System.Security.Cryptography;
using System.Text;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training;

/// <summary>A stream of tasks as a run feeds it to its memories.</summary>
internal sealed class RunStream
{
    private readonly LearningEvent[] _events;

    public RunStream(TaskStream stream, ClassifierRunOptions options)
    {
        Tasks = stream.Tasks;
        Classes = stream.Classes.Count;
        Example[] train = [.. stream.Tasks.SelectMany(task => task.Train)];
        _events = [.. train.Select((example, i) => new LearningEvent(i + 1, example.Input, example.Label))];
        long end = 0;
        Plan = new TrainingPlan(
            [.. train.Select(example => example.Label)],
            [.. stream.Tasks.Select(task => end += task.Train.Count)],
            options.Workers,
            options.Split);
        bool ownMemories = options.Split == StreamSplit.Task;
        Memories = [.. Enumerable.Range(1, Plan.Workers).Select(i => new TenantId($"{(ownMemories ? "task" : "worker")}-{i}"))];
        Policy = InStep.Rounds(ownMemories ? 1 : Plan.Workers, options);
        Fingerprint = MakeFingerprint(options);
    }

    public IReadOnlyList<StreamTask> Tasks { get; }

    public int Classes { get; }

    public TrainingPlan Plan { get; }

    public IReadOnlyList<TenantId> Memories { get; }

    /// <summary>Workers wait for each other at every round; a tenant contributes when it has something.</summary>
    public RoundPolicy Policy { get; }

    /// <summary>Tells this stream and these settings from any other.</summary>
    public string Fingerprint { get; }

    /// <summary>What one memory learns of a segment.</summary>
    public IReadOnlyList<LearningEvent> Share(RunSegment segment, int memory)
    {
        List<LearningEvent> share = [];
        for (long i = segment.Start; i < segment.End; i++)
        {
            if (Plan.WorkerOf(i) == memory)
            {
                share.Add(_events[i]);
            }
        }

        return share;
    }

    private string MakeFingerprint(ClassifierRunOptions options)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(string.Create(null, $"{options.Spec} {Policy} {options.Split} {Plan.Workers}"));
        foreach (StreamTask task in Tasks)
        {
            Append(string.Create(null, $"{task.Name} {task.Train.Count}"));
            foreach (Example example in task.Train.Concat(task.Test))
            {
                Append(example.Label);
                Append(example.Input is TextInput text ? text.Text : Describe((FeatureInput)example.Input));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Append(string text)
        {
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(Encoding.Unicode.GetBytes(text));
        }
    }

    private static string Describe(FeatureInput input)
    {
        SparseVector features = input.Features;
        return string.Join(' ', features.Indices.ToArray()) + string.Join(' ', features.Values.ToArray());
    }
}
