using NestedLearning.Models.Tests.Evaluation;
using Xunit.Abstractions;

namespace NestedLearning.Models.Tests.Classifier;

/// <summary>What a tenant's memory costs on real text.</summary>
public class ClincSizeTests(ITestOutputHelper output)
{
    [DataFact]
    public void PrivateBytes_AfterAHundredEvents_IsBelow100Kilobytes()
    {
        NestedClassifier memory = new(new ClassifierSpec(), contributors: 1);
        KeyedExample[] events = [.. SharedData.Clinc150.Tasks.SelectMany(task => task.Train).Take(100)];
        foreach (KeyedExample example in events)
        {
            memory.Step(new FeatureInput(example.Key), SharedData.Clinc150.Classes[example.Label]);
        }

        output.WriteLine($"resident {memory.PrivateBytes} bytes, {events.Sum(e => e.Key.Count)} entries in keys");
        Assert.InRange(memory.PrivateBytes, 1, 100_000);
    }
}
