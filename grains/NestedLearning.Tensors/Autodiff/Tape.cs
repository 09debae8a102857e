namespace NestedLearning.Tensors;

/// <summary>
/// A computation on one backend and the record from which its gradients are computed. One step of training, or one answer of
/// a model, is one tape.
/// </summary>
/// <remarks>
/// The tape owns what is computed on it, gradients too, and disposes it when it is disposed itself; <see cref="Variable.Keep"/>
/// gives a tensor that stays. Tensors that come in by <see cref="Constant"/> or <see cref="Parameter"/> remain the caller's
/// and must live as long as the tape. Beside the values, which a backend may pool, an operation allocates at most about a
/// kilobyte, whatever its size. A tape is used by one thread at a time.
/// </remarks>
public sealed partial class Tape : IDisposable
{
    private readonly TapeOptions _options;
    private readonly List<Variable> _positions = [];
    private readonly List<Variable> _owned = [];
    private int _pauses;
    private bool _disposed;

    /// <summary>An empty tape that records.</summary>
    public Tape(ITensorBackend backend, TapeOptions? options = null)
    {
        Backend = backend;
        _options = options ?? new TapeOptions();
    }

    /// <summary>Where the tape computes.</summary>
    public ITensorBackend Backend { get; }

    /// <summary>The operation whose gradient is being computed.</summary>
    internal string? GradientOf { get; set; }

    /// <summary>Whether what is computed now is recorded; in a gradient rule, whether the gradients will be differentiated.</summary>
    internal bool IsRecording => _pauses == 0;

    /// <summary>The number of owned variables; a mark for <see cref="ReleaseSince"/>.</summary>
    internal int OwnedCount => _owned.Count;

    /// <summary>A tensor of the caller's that needs no gradient.</summary>
    public Variable Constant(Tensor value) => new(this, value, -1, null);

    /// <summary>A tensor of the caller's whose gradient can be asked for.</summary>
    public Variable Parameter(Tensor value)
    {
        var parameter = new Variable(this, value, _positions.Count, null);
        _positions.Add(parameter);
        return parameter;
    }

    /// <summary>A constant that the tape takes over and disposes.</summary>
    public Variable Own(Tensor value)
    {
        var constant = new Variable(this, value, -1, null);
        Take(constant);
        return constant;
    }

    /// <summary>A constant with all elements equal.</summary>
    public Variable Fill(Shape shape, double value) => Own(Backend.Fill(shape, value));

    /// <summary>
    /// Stops recording until what it returns is disposed: results then need no gradient. They stay until the tape is disposed,
    /// so a long computation without gradients is better cut into several tapes.
    /// </summary>
    public IDisposable NoGradient() => new Pause(this);

    /// <summary>Disposes all that was computed. The tape and its variables cannot be used any more.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (Variable variable in _owned)
        {
            variable.Value.Dispose();
        }

        _owned.Clear();
        _positions.Clear();
    }

    /// <summary>Takes over the result of an operation, with how gradients flow to its operands.</summary>
    internal Variable Add(string operation, Tensor value, params ReadOnlySpan<Edge> edges)
    {
        Edge[] kept = edges.ToArray();
        Variable[] inputs = Array.ConvertAll(kept, edge => edge.Input);
        return Add(new GradientRecord(operation, inputs, (gradients, results) => Array.ConvertAll(
            kept, edge => edge.Input.NeedsGradient ? edge.Rule(gradients[0]!, results[0]) : null)), value)[0];
    }

    /// <summary>Takes over the results of an operation, with how gradients flow to its operands.</summary>
    internal Variable[] Add(GradientRecord record, params ReadOnlySpan<Tensor> values)
    {
        bool records = Records(record.Inputs);
        var results = new Variable[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            results[i] = new Variable(this, values[i], records ? _positions.Count : -1, records ? record : null);
            Take(results[i]);
            if (records)
            {
                _positions.Add(results[i]);
            }
        }

        record.Results = results;
        if (_options.RequireFinite && Array.Find(results, result => !Backend.AllFinite(result.Value)) is not null)
        {
            string operands = string.Join(" and ", record.Inputs.Select(input => input.Shape));
            throw new NotFiniteException(record.Operation, operands, GradientOf);
        }

        return results;
    }

    /// <summary>Takes over a gradient that the backend has computed in one operation and that will not be differentiated.</summary>
    internal Variable AddGradient(string operation, Tensor value, params Variable[] operands) =>
        Add(new GradientRecord(operation, operands, (_, _) => []), value)[0];

    /// <summary>Whether the results of an operation on these operands need gradients.</summary>
    internal bool Records(Variable[] inputs) => IsRecording && Array.Exists(inputs, input => input.NeedsGradient);

    /// <summary>The variable at a place in the order of computation.</summary>
    internal Variable At(int position) => _positions[position];

    /// <summary>Disposes what was computed after a mark and is in no sum of a gradient computation.</summary>
    internal void ReleaseSince(int mark)
    {
        int kept = mark;
        for (int i = mark; i < _owned.Count; i++)
        {
            if (_owned[i].Holders > 0)
            {
                _owned[kept++] = _owned[i];
            }
            else
            {
                _owned[i].Value.Dispose();
            }
        }

        _owned.RemoveRange(kept, _owned.Count - kept);
    }

    /// <summary>Refuses a variable of another tape.</summary>
    internal void Require(Variable variable)
    {
        if (variable.Tape != this)
        {
            throw new ArgumentException($"The {variable} is on another tape; operands must be on one.", nameof(variable));
        }
    }

    private void Take(Variable variable)
    {
        if (_disposed)
        {
            variable.Value.Dispose();
            throw new ObjectDisposedException(nameof(Tape));
        }

        _owned.Add(variable);
    }

    private sealed class Pause : IDisposable
    {
        private Tape? _tape;

        public Pause(Tape tape)
        {
            _tape = tape;
            tape._pauses++;
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _tape, null) is { } tape)
            {
                tape._pauses--;
            }
        }
    }
}
