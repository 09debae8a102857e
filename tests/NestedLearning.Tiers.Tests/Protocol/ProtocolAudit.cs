using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers.Tests.Protocol;

/// <summary>What the shared level must hold after a run: every event once, by sums that the test makes itself.</summary>
internal static class ProtocolAudit
{
    public static void Check(ProtocolWorld world, ProtocolSettings settings)
    {
        LevelVersion version = world.Level.Consolidator.Published;
        LearningEvent[] events = [.. settings.AllEvents];
        ProtocolViolation.Require(version.Events == events.Length, $"{events.Length} events count once, not {version.Events}");
        CheckCounts(version, events);
        TensorSet state = StateOf(world, settings);
        CheckGram(state, events);
        if (!settings.Spec.OneSidedTargets)
        {
            CheckCross(state, events);
        }

        foreach (MemoryNode memory in world.Memories)
        {
            ProtocolViolation.Require(
                memory.Memory.Learned == memory.Clients.Sum(client => client.Count), "a memory learned each of its events once");
        }
    }

    /// <summary>The statistics that the durable state stands for: its base, and the journal after it.</summary>
    private static TensorSet StateOf(ProtocolWorld world, ProtocolSettings settings)
    {
        ISharedLevel level = settings.Spec.CreateSharedLevel(ClassifierSpec.SlowLevel, threads: 1);
        if (world.Level.Base is { } saved)
        {
            level.Load(StateFrames.Decode(saved, ProtocolSettings.Model));
        }

        Journal journal = new(keptRounds: 0);
        journal.Load(StateFrames.Decode(world.Level.Durable, ProtocolSettings.Model));
        foreach (JournalEntry entry in journal.Entries.Where(entry => entry.Version > journal.BaseVersion))
        {
            Frame frame = FrameCodec.Decode(entry.Update.Frame, FrameLimits.Default);
            level.Absorb([new Contribution(frame.Header.Events, frame.Tensors)]);
        }

        return level.Save();
    }

    private static void CheckCounts(LevelVersion version, LearningEvent[] events)
    {
        IReadOnlyList<string> labels = version.Tensors.Get<TextTensor>("labels").Texts;
        ReadOnlySpan<long> counts = version.Tensors.Get<IntegerTensor>("counts").Values.Span;
        for (int c = 0; c < labels.Count; c++)
        {
            ProtocolViolation.Require(counts[c] == events.Count(e => e.Label == labels[c]), $"each event of {labels[c]} counts once");
        }
    }

    private static void CheckGram(TensorSet state, LearningEvent[] events)
    {
        double[] expected = new double[64 * 65 / 2];
        foreach (double[] key in events.Select(DenseKey))
        {
            for (int i = 0, place = 0; i < 64; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    expected[place++] += key[i] * key[j];
                }
            }
        }

        CheckClose(expected, state.Get<DoubleTensor>("gram").Values.Span, "the sum of k kᵀ");
    }

    private static void CheckCross(TensorSet state, LearningEvent[] events)
    {
        IReadOnlyList<string> labels = state.Get<TextTensor>("labels").Texts;
        double[] expected = new double[64 * labels.Count];
        foreach (LearningEvent e in events)
        {
            double[] key = DenseKey(e);
            for (int i = 0; i < 64; i++)
            {
                expected[(i * labels.Count) + labels.ToList().IndexOf(e.Label)] += key[i];
            }
        }

        CheckClose(expected, state.Get<DoubleTensor>("cross").Values.Span, "the sum of v kᵀ");
    }

    private static double[] DenseKey(LearningEvent e)
    {
        SparseVector key = Int8Rows.Round(((FeatureInput)e.Input).Features);
        double[] dense = new double[64];
        for (int i = 0; i < key.Count; i++)
        {
            dense[key.Indices.Span[i]] = key.Values.Span[i];
        }

        return dense;
    }

    private static void CheckClose(double[] expected, ReadOnlySpan<double> actual, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            ProtocolViolation.Require(Math.Abs(expected[i] - actual[i]) < 1e-9, $"{what} at {i}: {expected[i]}, not {actual[i]}");
        }
    }
}
