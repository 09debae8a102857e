namespace NestedLearning.Tensors;

/// <summary>
/// One walk back along a tape, from an output to the earliest of the inputs. The order of computation reversed is an order
/// in which a variable's gradient is complete before it flows on.
/// </summary>
internal sealed class BackwardSweep
{
    private readonly Tape _tape;
    private readonly Variable _output;
    private readonly IReadOnlyList<Variable> _inputs;
    private readonly bool _createGraph;
    private readonly int _first;
    private readonly int _mark;
    private readonly Variable?[] _sums;
    private readonly HashSet<int> _asked;

    /// <summary>A walk that has not begun.</summary>
    public BackwardSweep(Tape tape, Variable output, IReadOnlyList<Variable> inputs, bool createGraph)
    {
        _tape = tape;
        _output = output;
        _inputs = inputs;
        _createGraph = createGraph;
        _mark = tape.OwnedCount;
        _asked = [.. inputs.Select(input => input.Position)];
        _first = inputs.Count == 0 ? output.Position + 1 : _asked.Min();
        _sums = new Variable?[Math.Max(0, output.Position + 1 - _first)];
    }

    /// <summary>Walks and returns a gradient for each input.</summary>
    public Variable[] Run(Variable seed)
    {
        string? outer = _tape.GradientOf;
        try
        {
            if (_sums.Length > 0)
            {
                seed.Holders++;
                _sums[^1] = seed;
            }

            for (int position = _output.Position; position >= _first; position--)
            {
                Pass(position);
            }

            return [.. _inputs.Select(input => SumAt(input.Position) ?? _tape.Fill(input.Shape, 0))];
        }
        finally
        {
            _tape.GradientOf = outer;
            foreach (Variable? sum in _sums)
            {
                _ = sum is null ? 0 : sum.Holders--;
            }
        }
    }

    private Variable? SumAt(int position) => position <= _output.Position ? _sums[position - _first] : null;

    /// <summary>
    /// Lets the complete gradients of one operation's results flow to what they were computed from, once the walk is at the
    /// first of them.
    /// </summary>
    private void Pass(int position)
    {
        if (_tape.At(position).Record is not { } record || record.Results[0].Position != position)
        {
            return;
        }

        var arrived = new Variable?[record.Results.Length];
        bool any = false;
        for (int i = 0; i < arrived.Length; i++)
        {
            arrived[i] = SumAt(position + i);
            any |= arrived[i] is not null;
        }

        if (!any)
        {
            return;
        }

        _tape.GradientOf = record.Operation;
        IReadOnlyList<Variable?> gradients = record.Rule(arrived, record.Results);
        for (int i = 0; i < gradients.Count; i++)
        {
            int target = record.Inputs[i].Position - _first;
            if (gradients[i] is { } part && target >= 0)
            {
                Replace(target, _sums[target] is { } sum ? sum + part : part);
            }
        }

        for (int i = 0; i < arrived.Length; i++)
        {
            if (arrived[i] is not null && !_asked.Contains(position + i))
            {
                Replace(position + i - _first, null);
            }
        }

        if (!_createGraph)
        {
            _tape.ReleaseSince(_mark);
        }
    }

    /// <summary>A variable may stand in several sums, since some rules pass a gradient on unchanged.</summary>
    private void Replace(int slot, Variable? sum)
    {
        if (sum is not null)
        {
            sum.Holders++;
        }

        if (_sums[slot] is { } old)
        {
            old.Holders--;
        }

        _sums[slot] = sum;
    }
}
