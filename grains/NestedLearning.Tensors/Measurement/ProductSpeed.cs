namespace NestedLearning.Tensors;

/// <summary>How fast a device multiplies matrices.</summary>
/// <param name="Threads">Threads of the processor that it used; 0 where they do not count.</param>
/// <param name="Gflops">1e9 float32 operations per second; a multiply-add counts as two.</param>
public readonly record struct ProductSpeed(int Threads, double Gflops);
