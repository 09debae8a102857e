using NestedLearning.Models.Tests.Evaluation;

namespace NestedLearning.Models.Tests.Baselines;

/// <summary>
/// The figures of the reference study on CLINC150 (method, section 5), which an independent program measured. Where a
/// baseline has choices of its own, it must not be weaker than there: that would flatter what is compared with it.
/// </summary>
public sealed class ClincTests
{
    [DataFact]
    public void JointRidge_Clinc150_AsInFloat64() =>
        Assert.InRange(BaselineCatalog.Run("joint-ridge", SharedData.Clinc150).FinalAccuracy, 0.9041, 0.9061);

    [DataFact]
    public void NearestMean_Clinc150_AsMeasured() => RunsLike("nearest-mean", 0.822, 0.034, tolerance: 0.002);

    [DataFact]
    public void Delta_Clinc150_AsMeasured() => RunsLike("delta", 0.747, 0.164, tolerance: 0.02);

    [DataFact]
    public void Softmax_Clinc150_AsMeasured() => RunsLike("softmax", 0.727, 0.211, tolerance: 0.02);

    [DataFact]
    public void Mlp_Clinc150_NotWeaker() => RunsAtLeast("mlp", 0.098);

    [DataFact]
    public void Replay_Clinc150_NotWeaker() => RunsAtLeast("replay", 0.598);

    [DataFact]
    public void Ewc_Clinc150_NotWeaker() => RunsAtLeast("ewc", 0.165);

    [DataFact]
    public void JointLinear_Clinc150FewPasses_AsMeasured()
    {
        var learner = new JointLinear(SharedData.Clinc150.Features, seed: 0, maxPasses: 8);

        Assert.InRange(JointEvaluation.Run(learner, SharedData.Clinc150).FinalAccuracy, 0.92, 0.93);
    }

    private static void RunsLike(string name, double accuracy, double forgetting, double tolerance)
    {
        BaselineResult result = BaselineCatalog.Run(name, SharedData.Clinc150);

        Assert.Equal(accuracy, result.FinalAccuracy, tolerance);
        Assert.Equal(forgetting, result.AverageForgetting!.Value, tolerance);
    }

    private static void RunsAtLeast(string name, double accuracy) =>
        Assert.InRange(BaselineCatalog.Run(name, SharedData.Clinc150).FinalAccuracy, accuracy, 0.9);
}
