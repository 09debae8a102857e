using NestedLearning.Models;
using NestedLearning.Models.Tests.Evaluation;
using Xunit.Abstractions;

namespace NestedLearning.Tiers.Tests.Memories;

/// <summary>What an idle tenant costs on real text.</summary>
public class SavedSizeTests(ITestOutputHelper output)
{
    [DataFact]
    public void Save_AfterAHundredEvents_IsBelow100Kilobytes()
    {
        KeyedTaskStream stream = SharedData.Clinc150;
        FastMemory memory = new(new MemoryAddress(new ModelId("m"), new TenantId("t")), new ClassifierSpec(), new RoundPolicy());
        LearningEvent[] events = [.. stream.Tasks.SelectMany(task => task.Train).Take(100)
            .Select((example, i) => new LearningEvent(i + 1, new FeatureInput(example.Key), stream.Classes[example.Label]))];
        memory.Learn(new SourceId("s"), events, 0);
        int saved = memory.Save().Length;
        output.WriteLine($"saved {saved} bytes, resident {memory.Status.PrivateBytes}");
        Assert.InRange(saved, 1, 100_000);
    }
}
