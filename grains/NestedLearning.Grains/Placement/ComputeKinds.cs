namespace NestedLearning.Grains;

/// <summary>What a silo computes on, and what a model asks for.</summary>
public static class ComputeKinds
{
    /// <summary>Whatever there is; only a model can ask for it.</summary>
    public const string Any = "any";

    /// <summary>The processor. A model that asks for it keeps off silos with a GPU, so that they are free for others.</summary>
    public const string Cpu = "cpu";

    /// <summary>A GPU that speaks CUDA.</summary>
    public const string Cuda = "cuda";

    /// <summary>What a silo can declare.</summary>
    internal static IReadOnlyList<string> Declarable { get; } = [Cpu, Cuda];

    /// <summary>What a model can ask for.</summary>
    internal static IReadOnlyList<string> Askable { get; } = [Any, Cpu, Cuda];
}
