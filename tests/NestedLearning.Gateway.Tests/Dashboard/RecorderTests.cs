using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>What is remembered stays bounded, and loses no event.</summary>
public sealed class RecorderTests
{
    private static readonly SourceId Source = new("test");
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ModelRecording _recording = new();

    [Fact]
    public void Learn_FarMoreThanThereAreSlices_KeepsEveryEvent()
    {
        for (int i = 0; i < 20_000; i++)
        {
            Learn($"tenant-{i % 7}", at: i, learned: 3, correct: i % 2 == 0 ? 3 : 1);
        }

        ModelLook look = _recording.Read(Start.AddSeconds(20_000));

        Assert.Equal(new Score(60_000, 40_000), look.Total);
        Assert.InRange(look.Slices.Count, ScoreRow.Capacity / 2, ScoreRow.Capacity);
        Assert.Equal(look.Total, look.Slices.Aggregate((sum, slice) => sum + slice));
        Assert.Equal(look.Slices.Count, look.Began.Count);
        Assert.Equal(look.Began.Order(), look.Began);
        Assert.All(look.Tenants, tenant => Assert.Equal(tenant.Total, tenant.Slices.Aggregate((sum, slice) => sum + slice)));
        for (int i = 0; i < look.Slices.Count; i++)
        {
            Assert.Equal(look.Slices[i], look.Tenants.Select(tenant => tenant.Slices[i]).Aggregate((sum, slice) => sum + slice));
        }
    }

    [Fact]
    public void Learn_MoreTenantsThanAreKept_ForgetsThoseSeenFirst()
    {
        for (int i = 0; i < 2_100; i++)
        {
            Learn($"tenant-{i}", at: i, learned: 1, correct: 0);
        }

        ModelLook look = _recording.Read(Start);

        Assert.Equal(2_000, look.Tenants.Count);
        Assert.Equal(2_100, look.Total.Learned);
        Assert.DoesNotContain(look.Tenants, tenant => tenant.Tenant.Value == "tenant-99");
        Assert.Contains(look.Tenants, tenant => tenant.Tenant.Value == "tenant-100");
    }

    [Fact]
    public void Learn_ABreakBetween_BeginsAnotherSitting()
    {
        Learn("ann", at: 0, learned: 5, correct: 5);
        Learn("ann", at: 30, learned: 5, correct: 3);
        Learn("ann", at: 200, learned: 1, correct: 0);

        IReadOnlyList<Sitting> sittings = Assert.Single(_recording.Read(Start).Tenants).Sittings;

        Assert.Equal([new Score(10, 8), new Score(1, 0)], sittings.Select(sitting => sitting.Score));
        Assert.Equal(TimeSpan.FromSeconds(30), sittings[0].To - sittings[0].From);
    }

    [Fact]
    public void Read_AfterAPause_CountsWholeSecondsOfTheLastMinute()
    {
        Learn("ann", at: 0, learned: 7, correct: 0);
        Learn("ann", at: 58, learned: 2, correct: 0);

        IReadOnlyList<long> perSecond = _recording.Read(Start.AddSeconds(59)).PerSecond;

        Assert.Equal(Pace.Seconds - 1, perSecond.Count);
        Assert.Equal((7, 2, 9), (perSecond[0], perSecond[^1], perSecond.Sum()));
        Assert.Equal(2, _recording.Read(Start.AddSeconds(100)).PerSecond.Sum());
        Assert.Equal(0, _recording.Read(Start.AddSeconds(1000)).PerSecond.Sum());
    }

    [Fact]
    public void Learn_AReceiptWithoutNewEvents_SaysHowFarItIs()
    {
        _recording.Learn(Start, new TenantId("ann"), Source, new FeedReceipt(new Receipt(12, 5), 0, 0) { NotDurable = 7 }, areLabelled: true);

        ModelLook look = _recording.Read(Start);

        Assert.Equal(7, look.NotDurable);
        Assert.Empty(look.Slices);
        Assert.Null(look.Lately.Accuracy);
    }

    [Fact]
    public void Learn_TextsWithoutLabels_AreNeitherRightNorWrong()
    {
        Learn("ann", at: 0, learned: 4, correct: 3);
        _recording.Learn(Start, new TenantId("ben"), Source, new FeedReceipt(new Receipt(9, 9), 9, 0), areLabelled: false);

        Assert.Equal(0.75, _recording.Read(Start).Lately.Accuracy);
    }

    private void Learn(string tenant, int at, int learned, int correct) => _recording.Learn(
        Start.AddSeconds(at), new TenantId(tenant), Source, new FeedReceipt(new Receipt(0, 0), learned, correct), areLabelled: true);
}
