using NestedLearning.Models;

namespace NestedLearning.Browser.Tests.Running;

/// <summary>A real run of a sequence model: two tenants send sentences one by one, and a schedule evaluates on the way.</summary>
internal sealed class WritingRun(RunningGateway gateway)
{
    private const int Rounds = 6;
    private const int TextsPerRound = 12;
    private const string Document = """
        {"spec": {"$kind": "sequence", "model": {"width": 16, "blocks": 1, "heads": 2, "hidden": 24, "periods": [1, 4]},
         "training": {"length": 32, "batch": 4, "learningRate": 0.01}}}
        """;

    private static readonly string[] Subjects = ["the baker", "a sailor", "the old clock", "my neighbour", "the river"];
    private static readonly string[] Verbs = ["waits for", "sings to", "carries", "forgets", "follows"];
    private static readonly string[] Objects = ["the morning rain", "a quiet street", "the last train", "every lantern", "the sea"];

    public static ModelId Model { get; } = new("writing");

    public static IReadOnlyList<TenantId> Tenants { get; } = [new("ada"), new("bela")];

    public async Task LearnAsync()
    {
        await gateway.CreateAsync(Model, Document);
        await gateway.ScheduleAsync(Model, "hourly-check", new { action = "evaluate", cron = "0 * * * *" });
        for (int round = 0; round < Rounds; round++)
        {
            for (int tenant = 0; tenant < Tenants.Count; tenant++)
            {
                await gateway.FeedAsync(new(Model, Tenants[tenant]), Texts(tenant, round), 1, TimeSpan.FromSeconds(5));
            }

            await gateway.RunAsync(Model, "hourly-check");
        }
    }

    private static LearningEvent[] Texts(int tenant, int round)
    {
        Random random = new((100 * tenant) + round);
        return [.. Enumerable.Range((round * TextsPerRound) + 1, TextsPerRound).Select(sequence => new LearningEvent(sequence, new TextInput(Sentence()), ""))];

        string Sentence() => $"{Of(Subjects)} {Of(Verbs)} {Of(Objects)}, and {Of(Subjects)} {Of(Verbs)} {Of(Objects)}.";

        string Of(string[] words) => words[random.Next(words.Length)];
    }
}
