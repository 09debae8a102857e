using NestedLearning.Models;
using NestedLearning.Models.Tests.Evaluation;
using Xunit.Abstractions;

namespace NestedLearning.Tiers.Tests.Consolidation;

/// <summary>CLINC150 in random order, in whose second half every second label means what another one meant before; more features and half-lives where NL_TABLES is set.</summary>
public class DriftTests(ITestOutputHelper output)
{
    private const int Labels = 150;
    private const int Round = 1500;

    private static readonly bool IsWholeTable = Environment.GetEnvironmentVariable("NL_TABLES") is not null;
    private static readonly ClassifierSpec Spec = IsWholeTable ? new ClassifierSpec() : new ClassifierSpec { Features = 1024 };

    [DataFact]
    public void Fold_HalfOfTheLabelsRotate_FollowsThemWithAHalfLife()
    {
        KeyedTaskStream data = SharedData.Clinc150With(Spec.Features);
        KeyedExample[] train = [.. data.Tasks.SelectMany(task => task.Train)];
        new Random(1).Shuffle(train);
        KeyedExample[] test = [.. data.Tasks.SelectMany(task => task.Test)];

        long?[] halfLives = IsWholeTable ? [null, 15_000, 7_500, 3_750, 1_500, 750] : [null, 3_750];
        double[] accuracies = Array.ConvertAll(halfLives, halfLife => Learn(halfLife, train, test));

        output.WriteLine(string.Join(", ", halfLives.Zip(accuracies, (halfLife, accuracy) => $"half-life {halfLife?.ToString() ?? "none"}: {accuracy:f4}")));
        Assert.InRange(accuracies[0], 0, 0.75);
        Assert.InRange(accuracies[halfLives.IndexOf(3_750)], IsWholeTable ? 0.85 : 0.83, 1);
    }

    private static double Learn(long? halfLife, KeyedExample[] train, KeyedExample[] test)
    {
        WorkersRun run = new(Spec with { HalfLife = halfLife }, new RoundPolicy());
        for (int first = 0; first < train.Length; first += Round)
        {
            bool isRotated = first >= train.Length / 2;
            run.Fold([.. train[first..(first + Round)].Select(example => (example.Key, $"{(isRotated ? Rotated(example) : example).Label}"))]);
        }

        return run.Accuracy([.. test.Select(Rotated)]);
    }

    private static KeyedExample Rotated(KeyedExample example) =>
        example.Label % 2 == 0 ? example with { Label = (example.Label + 2) % Labels } : example;
}
