using NestedLearning.Models;
using NestedLearning.Tensors;
using Xunit.Abstractions;

namespace NestedLearning.Tiers.Tests.Memories;

/// <summary>Updates of dense gradients, with error feedback where their encoding is lossy.</summary>
public class GradientEncodingTests(ITestOutputHelper output)
{
    private static readonly SoftmaxSpec Spec = new(Features: 30, Classes: 70, Period: 5, Rate: 1);
    private static readonly MemoryAddress Address = new(new ModelId("m"), new TenantId("t"));
    private static readonly SourceId Sender = new("s");
    private static readonly bool IsWholeTable = Environment.GetEnvironmentVariable("NL_TABLES") is not null;
    private static readonly int Passes = IsWholeTable ? 3 : 1;

    public static TheoryData<TensorEncoding, int> Lossy => new()
    {
        { TensorEncoding.Int8, 1 },
        { TensorEncoding.Int4, 1 },
        { TensorEncoding.TopKInt2, 512 },
        { TensorEncoding.LowRankInt8, 2 },
    };

    [Theory]
    [MemberData(nameof(Lossy))]
    public void Load_AfterACrash_TheNextUpdatesAreTheSameBytes(TensorEncoding encoding, int kept)
    {
        RoundPolicy policy = new() { MaxInFlight = 8, Updates = new UpdateEncodings(Dense: encoding, Kept: kept) };
        FastMemory memory = new(Address, Spec, policy);
        int next = 0;
        for (int period = 0; period < 2; period++)
        {
            next = memory.Learn(Sender, Events(20), next);
        }

        byte[] saved = memory.Save();
        memory.ConfirmSaved(saved.Length);
        FastMemory restored = new(Address, Spec, policy);
        restored.Load(saved);

        Assert.Equal(Updates(memory, next), Updates(restored, next));
        Assert.Equal(memory.Save(), restored.Save());
    }

    [Theory]
    [MemberData(nameof(Lossy))]
    public void Learn_WhatAnUpdateLacks_IsInTheNext(TensorEncoding encoding, int kept)
    {
        const int Periods = 30;
        double[] exact = Sum(Updates(new UpdateEncodings(), Periods));
        double[] coded = Sum(Updates(new UpdateEncodings(Dense: encoding, Kept: kept), Periods));
        double[] first = Sum(Updates(new UpdateEncodings(Dense: encoding, Kept: kept), 1));
        double[] firstExact = Sum(Updates(new UpdateEncodings(), 1));

        // Were nothing carried over, what is missing would grow with every update.
        Assert.InRange(Distance(exact, coded), 0, 6 * Distance(firstExact, first));
    }

    /// <summary>
    /// The encodings of the table in docs/results.md, with what each may cost beside exact updates: one of them after one
    /// pass, or all after three where NL_TABLES is set.
    /// </summary>
    public static TheoryData<TensorEncoding, int, double> Clinc150 => !IsWholeTable
        ? new() { { TensorEncoding.TopKInt2, 64, 0.03 } }
        : new()
        {
            { TensorEncoding.BFloat16, 1, 0.002 },
            { TensorEncoding.Int8, 1, 0.002 },
            { TensorEncoding.Int4, 1, 0.004 },
            { TensorEncoding.TopKFloat16, 64, 0.01 },
            { TensorEncoding.TopKInt8, 64, 0.01 },
            { TensorEncoding.TopKInt2, 64, 0.01 },
            { TensorEncoding.TopKInt2, 16, 0.02 },
            { TensorEncoding.LowRankFloat32, 8, 0.05 },
            { TensorEncoding.LowRankInt8, 8, 0.05 },
            { TensorEncoding.LowRankInt4, 8, 0.05 },
        };

    [DataTheory]
    [MemberData(nameof(Clinc150))]
    public void Learn_Clinc150WithEightWorkers_IsNearlyAsAccurateAsExactly(TensorEncoding encoding, int kept, double cost)
    {
        (double accuracy, double bytes) = GradientRun.Measure(new UpdateEncodings(Dense: encoding, Kept: kept), Passes);
        output.WriteLine($"{encoding} {kept}: {100 * accuracy:f2} % at {bytes:f0} bytes an event; exact {100 * Exact.Value.Accuracy:f2} % at {Exact.Value.BytesUp:f0}");
        Assert.InRange(accuracy, Exact.Value.Accuracy - cost, 1);
    }

    private static readonly Lazy<(double Accuracy, double BytesUp)> Exact = new(() => GradientRun.Measure(new UpdateEncodings(), Passes));

    private static IReadOnlyList<byte[]> Updates(UpdateEncodings encodings, int periods)
    {
        FastMemory memory = new(Address, Spec, new RoundPolicy { MaxInFlight = 64, Updates = encodings });
        memory.Learn(Sender, Events(0), 0);
        int next = 0;
        for (int period = 0; period <= periods; period++)
        {
            next = memory.Learn(Sender, Events((periods * 5) + 1), next);
        }

        memory.ConfirmSaved(memory.Save().Length);
        return [.. memory.Sendable(SoftmaxSpec.Linear).Select(update => update.Frame.ToArray())];
    }

    private static IReadOnlyList<byte[]> Updates(FastMemory memory, int next)
    {
        for (int period = 0; period < 3; period++)
        {
            next = memory.Learn(Sender, Events(40), next);
        }

        memory.ConfirmSaved(memory.Save().Length);
        return [.. memory.Sendable(SoftmaxSpec.Linear).Select(update => update.Frame.ToArray())];
    }

    private static LearningEvent[] Events(int count)
    {
        Random random = new(9);
        return [.. Enumerable.Range(1, count).Select(i => new LearningEvent(i, new FeatureInput(Key(random)), $"{random.Next(Spec.Classes)}"))];
    }

    private static SparseVector Key(Random random)
    {
        ushort[] indices = [.. Enumerable.Range(0, Spec.Features).Where(_ => random.Next(3) == 0).Select(i => (ushort)i)];
        return new SparseVector(indices, Array.ConvertAll(indices, _ => random.NextSingle()));
    }

    private static double[] Sum(IReadOnlyList<byte[]> updates)
    {
        double[] sum = new double[Spec.Features * Spec.Classes];
        foreach (byte[] update in updates)
        {
            ReadOnlyMemory<float> values = FrameCodec.Decode(update, FrameLimits.Default).Tensors.Get<DenseTensor>(SoftmaxSpec.Weights).Values;
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += values.Span[i];
            }
        }

        return sum;
    }

    private static double Distance(double[] left, double[] right) =>
        Math.Sqrt(left.Zip(right, (a, b) => (a - b) * (a - b)).Sum());
}
