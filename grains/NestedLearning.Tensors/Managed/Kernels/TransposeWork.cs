namespace NestedLearning.Tensors;

/// <summary>
/// Copies matrices [height, columns] that the operand stores by columns, a round for each strip of rows, in tiles that stay
/// in the first cache level: element by element, each read would cost a cache line of its own.
/// </summary>
internal readonly unsafe struct TransposeWork(LoopPlan plan, int height, ManagedTensor x, ManagedTensor z) : IRangeWork
{
    private const int TileSize = 32;

    /// <summary>The number of rounds.</summary>
    public int Strips => plan.Rows / height * StripsPerMatrix;

    private int StripsPerMatrix => (height + TileSize - 1) / TileSize;

    public void Run(int start, int end)
    {
        fixed (float* source = x.Values, target = z.Values)
        {
            for (int strip = start; strip < end; strip++)
            {
                int top = strip % StripsPerMatrix * TileSize;
                int row = (strip / StripsPerMatrix * height) + top;
                CopyStrip(source + plan.Start(0, row), target + ((nint)row * plan.Columns), Math.Min(TileSize, height - top));
            }
        }
    }

    private void CopyStrip(float* source, float* target, int rows)
    {
        int columns = plan.Columns;
        var stored = new Operand(source, columns, rows, plan.Step(0), 1);
        var wanted = new Operand(target, columns, rows, 1, columns);
        for (int column = 0; column < columns; column += TileSize)
        {
            int width = Math.Min(TileSize, columns - column);
            Transposition.Copy(stored.Slice(column, 0, width, rows), wanted.Slice(column, 0, width, rows));
        }
    }
}
