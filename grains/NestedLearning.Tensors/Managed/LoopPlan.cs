namespace NestedLearning.Tensors;

/// <summary>
/// How to walk over a result whose operands lie with other strides: <see cref="Rows"/> runs of <see cref="Columns"/>
/// elements. Neighbouring axes are merged where every operand allows it, so the runs are as long as they can be.
/// </summary>
internal sealed class LoopPlan
{
    private readonly int[] _sizes;
    private readonly int[][] _strides;

    /// <summary>A plan for a result of shape <paramref name="shape"/>; each operand has a stride, in elements, for each axis.</summary>
    public LoopPlan(Shape shape, params int[][] strides)
    {
        _sizes = new int[Math.Max(1, shape.Rank)];
        _strides = Array.ConvertAll(strides, _ => new int[_sizes.Length]);
        _sizes[0] = 1;
        int last = -1;
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            int size = shape[axis];
            if (size == 1)
            {
                continue;
            }

            bool merges = last >= 0 && Array.TrueForAll(
                [.. strides.Zip(_strides)], pair => pair.Second[last] == (long)pair.First[axis] * size);
            last = merges ? last : last + 1;
            _sizes[last] = merges ? _sizes[last] * size : size;
            for (int operand = 0; operand < strides.Length; operand++)
            {
                _strides[operand][last] = strides[operand][axis];
            }
        }

        Innermost = Math.Max(0, last);
        Columns = _sizes[Innermost];
        Rows = Columns == 0 ? 0 : shape.ElementCount / Columns;
    }

    /// <summary>The number of runs; 0 when there are no elements.</summary>
    public int Rows { get; }

    /// <summary>The length of a run.</summary>
    public int Columns { get; }

    private int Innermost { get; }

    /// <summary>The number of neighbouring runs that are the columns of a matrix whose rows an operand stores; 1 if it does not.</summary>
    public int TransposedRows(int operand) =>
        Innermost > 0 && _strides[operand][Innermost - 1] == 1 && _strides[operand][Innermost] > 1 ? _sizes[Innermost - 1] : 1;

    /// <summary>The strides of a tensor of shape <paramref name="x"/> that is read as one of shape <paramref name="target"/>.</summary>
    public static int[] BroadcastStrides(Shape x, Shape target)
    {
        int[] strides = new int[target.Rank];
        int stride = 1;
        for (int i = 1; i <= x.Rank; i++)
        {
            strides[^i] = x[^i] == 1 ? 0 : stride;
            stride *= x[^i];
        }

        return strides;
    }

    /// <summary>The distance between an operand's elements along a run.</summary>
    public int Step(int operand) => Columns == 1 ? 1 : _strides[operand][Innermost];

    /// <summary>Where an operand's element for this element of the result is.</summary>
    public int Offset(int operand, int element)
    {
        (int row, int column) = Math.DivRem(element, Columns);
        return Start(operand, row) + (column * Step(operand));
    }

    /// <summary>How many of the runs [row, end), from the first on, are equally far apart in every operand.</summary>
    public int RowsTogether(int row, int end) =>
        Innermost == 0 ? end - row : Math.Min(end - row, _sizes[Innermost - 1] - (row % _sizes[Innermost - 1]));

    /// <summary>The distance between two such runs of an operand.</summary>
    public int RowStep(int operand) => Innermost == 0 ? 0 : _strides[operand][Innermost - 1];

    /// <summary>Where an operand's run starts.</summary>
    public int Start(int operand, int row)
    {
        int start = 0;
        for (int axis = Innermost - 1; axis >= 0; axis--)
        {
            (row, int index) = Math.DivRem(row, _sizes[axis]);
            start += index * _strides[operand][axis];
        }

        return start;
    }
}
