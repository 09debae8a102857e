using NestedLearning.Models.Tests.Evaluation;

namespace NestedLearning.Tiers.Tests.Memories;

/// <summary>Cases that need the benchmark data and say so when they are skipped.</summary>
internal sealed class DataTheoryAttribute : TheoryAttribute
{
    public DataTheoryAttribute() => Skip = new DataFactAttribute().Skip;
}
