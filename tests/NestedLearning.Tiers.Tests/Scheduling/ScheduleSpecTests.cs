using System.Text;
using System.Text.Json;
using NestedLearning.Models;
using static NestedLearning.Tiers.Tests.Scheduling.Schedules;

namespace NestedLearning.Tiers.Tests.Scheduling;

public class ScheduleSpecTests
{
    private static readonly ScheduleSpec Expiry = Hourly with { Action = ScheduledAction.Expire, IdleFor = TimeSpan.FromHours(1) };

    public static TheoryData<ScheduleSpec, string> Refused => new()
    {
        { Hourly with { Action = (ScheduledAction)9 }, "Action is 9" },
        { Hourly with { Missed = (MissedRunPolicy)9 }, "Missed is 9" },
        { Hourly with { Cron = "0 0 32 * *" }, "Cron is '0 0 32 * *': Day of month" },
        { Hourly with { Cron = "a b * c *" }, "Cron is 'a b * c *': its minute is 'A'" },
        { Hourly with { Cron = new string('0', 5000) }, "more than 200" },
        { Hourly with { TimeZone = "Mars/Base" }, "TimeZone is 'Mars/Base'" },
        { Hourly with { TimeZone = "" }, "TimeZone is ''" },
        { Hourly with { TimeZone = "../../etc/localtime" }, "TimeZone is" },
        { Hourly with { TimeZone = "/etc/localtime" }, "TimeZone is" },
        { Hourly with { TimeZone = new string('A', 5000) }, "TimeZone is 'AAA" },
        { Hourly with { IdleFor = TimeSpan.FromDays(1) }, "IdleFor is 1.00:00:00, accepted: none" },
        { Hourly with { Keep = 0 }, "Keep is 0" },
        { Hourly with { Action = ScheduledAction.Evaluate, Level = new LevelId("slow") }, "Level is 'slow', accepted: none" },
        { Expiry with { IdleFor = null }, "IdleFor is missing" },
        { Expiry with { IdleFor = TimeSpan.FromSeconds(59) }, "IdleFor is 00:00:59" },
        { Expiry with { IdleFor = TimeSpan.FromDays(400) }, "IdleFor is 400" },
        { Expiry with { Level = new LevelId("slow") }, "Level is 'slow'" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Validate_OneSettingOutOfRange_NamesIt(ScheduleSpec spec, string expected)
    {
        InvalidScheduleException error = Assert.Throws<InvalidScheduleException>(spec.Validate);

        Assert.Contains(expected, Assert.Single(error.Violations), StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 400);
    }

    [Fact]
    public void Validate_SeveralSettingsOutOfRange_ListsAll()
    {
        ScheduleSpec spec = new(new ScheduleId("a"), ScheduledAction.Expire, "nonsense") { TimeZone = "nowhere", Keep = 0 };

        Assert.Equal(4, Assert.Throws<InvalidScheduleException>(spec.Validate).Violations.Count);
    }

    [Fact]
    public void Validate_EveryAction_IsAccepted()
    {
        Hourly.Validate();
        Expiry.Validate();
        (Hourly with { Action = ScheduledAction.Snapshot, Level = new LevelId("slow"), Keep = 3, TimeZone = "America/Argentina/Buenos_Aires" }).Validate();
        (Hourly with { Action = ScheduledAction.Evaluate, TimeZone = "Etc/GMT-14" }).Validate();
    }

    [Fact]
    public void Parse_NotAnAddress_IsRefused()
    {
        ScheduleAddress address = new(new ModelId("m"), new ScheduleId("s"));
        Assert.Equal(address, ScheduleAddress.Parse(address.ToString()));
        Assert.All(["", "m", "m/", "/s", "m/s/t", "m/S"], text => Assert.Throws<InvalidIdException>(() => ScheduleAddress.Parse(text)));
    }

    [Fact]
    public void ToSpec_SettingsLeftOut_HaveTheirDefaults()
    {
        ScheduleDocument document = Read("""{"action":"consolidate","cron":"0 * * * *"}""");

        Assert.Equal(Hourly, document.ToSpec(Hourly.Id));
    }

    [Fact]
    public void ToSpec_OfFrom_IsTheSame()
    {
        ScheduleSpec spec = Expiry with { TimeZone = "Europe/Berlin", Missed = MissedRunPolicy.Skip, Keep = 4, Level = new LevelId("slow") };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(ScheduleDocument.From(spec), ApiJson.Default.ScheduleDocument);

        Assert.Equal(spec, JsonSerializer.Deserialize(json, ApiJson.Default.ScheduleDocument)!.ToSpec(spec.Id));
    }

    [Theory]
    [InlineData("""{"cron":"0 * * * *"}""", "action")]
    [InlineData("""{"action":"expire"}""", "cron")]
    public void ToSpec_NothingToDoOrNoTime_IsRefused(string json, string field) =>
        Assert.Equal(field, Assert.Throws<InvalidInputException>(() => Read(json).ToSpec(Hourly.Id)).Field);

    private static ScheduleDocument Read(string json) =>
        JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(json), ApiJson.Default.ScheduleDocument)!;
}
