using FsCheck;
using FsCheck.Fluent;

namespace NestedLearning.Tiers.Tests.Training;

/// <summary>Whatever happens in whatever order, no shard is lost and none is counted twice.</summary>
public class TrainingRunScheduleTests
{
    [Fact]
    public void AnySchedule_LeasesExpiriesCrashesAndLostAnswers_CountsEveryEventOnce() =>
        Prop.ForAll(Schedules().ToArbitrary(), schedule =>
        {
            RunWorld world = new();
            foreach ((int what, int who) in schedule)
            {
                world.Do(what, who);
                if (!world.IsSound)
                {
                    return false;
                }
            }

            return world.Finishes();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(300));

    private static Gen<(int What, int Who)[]> Schedules() =>
        from steps in Gen.ArrayOf(Gen.Choose(0, 7).Zip(Gen.Choose(0, 119)))
        select Array.ConvertAll(steps, step => (step.Item1, step.Item2));
}
