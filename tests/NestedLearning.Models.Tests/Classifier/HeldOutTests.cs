using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Classifier;

/// <summary>Answers without an event, next to those of a level that it was taken out of and that was solved again.</summary>
public class HeldOutTests
{
    public static TheoryData<ClassifierSpec, int> Cases => new()
    {
        { Synthetic.Plain, 1 },
        { Synthetic.OneSided, 1 },
        { Synthetic.OneSided with { Balance = 0 }, 2 },
        { Synthetic.Plain with { Ridge = 10 }, 1 },
        { Synthetic.OneSided with { HalfLife = 70 }, 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void AnswerHeldOut_EveryEvent_IsTheAnswerOfALevelWithoutIt(ClassifierSpec spec, int threads)
    {
        Contribution[] events = [.. Learn(spec, WithWrongLabels(Synthetic.Events(1, 300))).Select((one, i) => one with { At = i + 1 })];
        ExactMemory level = new(spec, threads) { Clock = 300 };
        level.Absorb(events);
        TensorSet version = level.Solve();
        Probe[] probes = [.. events.SelectMany(level.ProbesOf)];

        bool[] heldOut = level.AnswerHeldOut(probes);

        Assert.Equal(events.Select((one, i) => WithoutIt(level, one, probes[i])), heldOut);
        Assert.InRange(heldOut.Count(isRight => isRight), 100, level.CountRight(version, probes) - 1); // who has learned an event answers it
    }

    [Fact]
    public void AnswerHeldOut_EventsThatCameSeveralTimes_AreWithoutOneOfThem()
    {
        Contribution[] once = Learn(Synthetic.Plain, WithWrongLabels(Synthetic.Events(2, 60)));
        ExactMemory level = new(Synthetic.Plain, 1);
        level.Absorb([.. once, .. once.Take(30), .. once.Take(15)]);
        level.Solve();
        Probe[] probes = [.. once.SelectMany(level.ProbesOf)];

        bool[] heldOut = level.AnswerHeldOut(probes);

        Assert.Equal(once.Select((one, i) => WithoutIt(level, one, probes[i])), heldOut);
        Assert.All(heldOut.Take(15), Assert.True); // the other two vouch for it
        Assert.Contains(false, heldOut.Skip(30));
    }

    [Fact]
    public void AnswerHeldOut_MoreProbesThanOneBlockHolds_AreAnsweredOneByOne()
    {
        Contribution[] events = Learn(Synthetic.Plain, WithWrongLabels(Synthetic.Events(3, 600)));
        ExactMemory level = new(Synthetic.Plain, 1);
        level.Absorb(events);
        level.Solve();
        Probe[] probes = [.. events.SelectMany(level.ProbesOf)];
        Assert.Equal(probes.Select(probe => level.AnswerHeldOut([probe])[0]), level.AnswerHeldOut(probes));
    }

    [Fact]
    public void AnswerHeldOut_TheOnlyEventOfItsClass_IsNotAnswered()
    {
        ExactMemory level = new(Synthetic.Plain, 1);
        Contribution[] events = Learn(Synthetic.Plain, [.. Synthetic.Events(4, 20), .. Synthetic.Events(5, 1).Select(e => (e.Input, "alone"))]);
        level.Absorb(events);
        level.Solve();
        Assert.False(Assert.Single(level.AnswerHeldOut(level.ProbesOf(events[^1]))));
    }

    /// <summary>Features that are always the same as others, and keys beside which the ridge is nothing.</summary>
    [Fact]
    public void AnswerHeldOut_WhatFloat32CannotFactor_IsAnsweredFromFloat64()
    {
        ClassifierSpec spec = Synthetic.Plain with { Ridge = 1e-6f };
        Contribution[] events = Learn(spec, WithWrongLabels(Synthetic.Events(6, 300)).Select(one => (Twice(one.Input.Features, 500), one.Label)));
        ExactMemory level = new(spec, 1);
        level.Absorb(events);
        level.Solve();
        Probe[] probes = [.. events.SelectMany(level.ProbesOf)];

        bool[] heldOut = level.AnswerHeldOut(probes);

        Assert.Equal(events.Select((one, i) => WithoutIt(level, one, probes[i])), heldOut);
        Assert.InRange(heldOut.Count(isRight => isRight), 100, 280);
    }

    [Fact]
    public void AnswerHeldOut_FewerEventsThanFeaturesAndNoRidge_KnowsNothingWithoutThem()
    {
        ClassifierSpec spec = Synthetic.Plain with { Ridge = 1e-6f };
        Contribution[] events = Learn(spec, Synthetic.Events(6, 40));
        ExactMemory level = new(spec, 1);
        level.Absorb(events);
        level.Solve();
        Assert.DoesNotContain(true, level.AnswerHeldOut([.. events.SelectMany(level.ProbesOf)]));
    }

    [Fact]
    public void AnswerHeldOut_NothingSolved_IsRefused()
    {
        Contribution[] events = Learn(Synthetic.Plain, Synthetic.Events(7, 20));
        ExactMemory level = new(Synthetic.Plain, 1);
        level.Absorb(events);
        IReadOnlyList<Probe> probes = level.ProbesOf(events[0]);
        Assert.Throws<InvalidOperationException>(() => level.AnswerHeldOut(probes));
        level.Solve();
        Assert.Single(level.AnswerHeldOut(probes));
        level.Load(level.Save());
        Assert.Throws<InvalidOperationException>(() => level.AnswerHeldOut(probes));
        level.Solve();
        Assert.Throws<ArgumentException>(() => level.AnswerHeldOut([new Probe("unknown", probes[0].Key)]));
    }

    private static bool WithoutIt(ExactMemory level, Contribution one, Probe probe)
    {
        level.Release([one]);
        bool isRight = level.CountRight(level.Solve(), [probe]) == 1;
        level.Absorb([one]);
        return isRight;
    }

    /// <summary>An update of its own for each event.</summary>
    private static Contribution[] Learn(ClassifierSpec spec, IEnumerable<(FeatureInput Input, string Label)> events)
    {
        NestedClassifier memory = Synthetic.Memory(spec);
        return [.. events.Select((one, i) =>
        {
            memory.Step(one.Input, one.Label);
            return memory.Drain(Synthetic.Slow, i + 1);
        })];
    }

    /// <summary>The first half of a key's features, and the same again as its second half.</summary>
    private static FeatureInput Twice(SparseVector key, float scale)
    {
        int half = Synthetic.Features / 2;
        (ushort Index, float Value)[] first = [.. key.Indices.ToArray().Zip(key.Values.ToArray(), (index, value) => (index, value * scale)).Where(pair => pair.index < half)];
        ushort[] indices = [.. first.Select(pair => pair.Index), .. first.Select(pair => (ushort)(pair.Index + half))];
        return new FeatureInput(new SparseVector(indices, Enumerable.Repeat(first.Select(pair => pair.Value), 2).SelectMany(values => values).ToArray()));
    }

    private static IEnumerable<(FeatureInput Input, string Label)> WithWrongLabels((FeatureInput Input, string Label)[] events) =>
        events.Select((one, i) => i % 4 == 0 ? (one.Input, $"class-{i % 5}") : one);
}
