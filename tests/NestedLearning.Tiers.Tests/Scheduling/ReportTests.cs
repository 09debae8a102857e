using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Scheduling;

/// <summary>What the records of runs say.</summary>
public class ReportTests
{
    private static readonly LevelId Slow = new("slow");

    [Fact]
    public void ToResult_OfAConsolidation_NamesVersionsAndEvents()
    {
        RunResult result = new ConsolidationReport(12, [new LevelProgress(Slow, 7, 8, 1234)]).ToResult();

        Assert.Equal("12 memories, version 7 -> 8, 1,234 events", result.Detail);
        Assert.Equal((12, 7, 8, 1234), (result.Figures["memories"], result.Figures["slow/from"], result.Figures["slow/version"], result.Figures["slow/events"]));
    }

    [Fact]
    public void ToResult_OfAConsolidationOfTwoLevels_NamesTheLevels() =>
        Assert.Equal(
            "1 memory, slow version 7 -> 8, 1 event, slower version 2 -> 2, 0 events",
            new ConsolidationReport(1, [new LevelProgress(Slow, 7, 8, 1), new LevelProgress(new LevelId("slower"), 2, 2, 0)]).ToResult().Detail);

    [Fact]
    public void ToResult_OfASnapshot_SaysWhetherItIsNew()
    {
        Assert.Equal("version 8, 12,345 bytes", new SnapshotReport([new KeptVersion(Slow, 8, 12345, true)]).ToResult().Detail);
        Assert.Equal("version 8, 12,345 bytes (kept before)", new SnapshotReport([new KeptVersion(Slow, 8, 12345, false)]).ToResult().Detail);
    }

    [Fact]
    public void ToResult_OfAnExpiry_CountsBoth() =>
        Assert.Equal("3 memories left, 1 memory stayed", new ExpiryReport(3, 1).ToResult().Detail);

    [Fact]
    public void ToResult_OfAnEvaluation_CountsWhatCameSince()
    {
        EvaluationReport report = new(2, [new LearningTally("a", 150, 120), new LearningTally("c", 10, 0)]);

        RunResult result = report.ToResult([new LearningTally("a", 110, 90), new LearningTally("b", 1000, 1000)]);

        Assert.Equal("2 memories, 50 events, 60.0 % predicted correctly before they were learned", result.Detail);
        Assert.Equal((50, 30, 0.6), (result.Figures["events"], result.Figures["correct"], result.Figures["accuracy"]));
        Assert.Equal(report.Tallies, result.Tallies);
    }

    [Fact]
    public void ToResult_OfAnEvaluationOfTexts_SaysWhatTheyCostSince()
    {
        EvaluationReport report = new(1, [new LearningTally("a", 5, 0) { Loss = 10, CodeBits = 900, CodeBytes = 300 }]);

        RunResult result = report.ToResult([new LearningTally("a", 3, 0) { Loss = 7, CodeBits = 700, CodeBytes = 200 }]);

        Assert.Equal("1 memory, 2 events, 2.000 bits a byte (1.500 nats a token) before they were learned", result.Detail);
        Assert.Equal((2, 1.5), (result.Figures[EvaluationFigures.BitsPerByte], result.Figures[EvaluationFigures.Loss]));
        Assert.False(result.Figures.ContainsKey(EvaluationFigures.Accuracy) || result.Figures.ContainsKey(EvaluationFigures.Correct));
    }

    [Fact]
    public void ToResult_OfAnEvaluationOfTokensThatAreNoText_SaysTheirLoss()
    {
        RunResult result = new EvaluationReport(1, [new LearningTally("a", 4, 0) { Loss = 5 }]).ToResult([]);

        Assert.Equal("1 memory, 4 events, 1.250 nats a token before they were learned", result.Detail);
        Assert.False(result.Figures.ContainsKey(EvaluationFigures.BitsPerByte));
    }

    [Fact]
    public void ToResult_ProbesOfManySources_KeepsThoseWithMost()
    {
        ProbeScore[] probes = [.. Enumerable.Range(0, 40).Select(i => new ProbeScore($"tenant-{i:d2}", 100 - i, 50))];

        RunResult result = new EvaluationReport(1, []) { Probes = probes }.ToResult([]);

        Assert.Equal("1 memory, 0 events; 2,000 of 3,220 probes right", result.Detail);
        Assert.Equal(probes[..EvaluationReport.MaxSources], result.Probes);
    }

    [Fact]
    public void ToResult_OfAnEvaluationOfNothing_HasNoAccuracy()
    {
        RunResult result = new EvaluationReport(0, []).ToResult([]);

        Assert.Equal("0 memories, 0 events", result.Detail);
        Assert.False(result.Figures.ContainsKey("accuracy"));
    }
}
