namespace NestedLearning.Tensors.Contracts;

/// <content>The delta scan, token after token, and its gradients, token before token.</content>
public sealed partial class Float64Backend
{
    public DeltaScanResult DeltaScan(DeltaOperands<Tensor> operands, int chunkLength, bool forGradients)
    {
        DeltaShape shape = ShapeRules.DeltaScan(operands.Map(operand => operand.Shape), chunkLength);
        double[] reads = new double[shape.Reads.ElementCount];
        double[] last = new double[shape.State.ElementCount];
        for (int memory = 0; memory < shape.Memories; memory++)
        {
            double[][,] states = States(operands, shape, memory);
            for (int i = 0; i < shape.KeySize * shape.ValueSize; i++)
            {
                (int row, int column) = Math.DivRem(i, shape.ValueSize);
                last[(memory * shape.KeySize * shape.ValueSize) + i] = states[^1][row, column];
                for (int time = 0; time < shape.Time; time++)
                {
                    int token = (memory * shape.Time) + time;
                    reads[(token * shape.ValueSize) + column] += Row(operands.Queries, token)[row] * states[time + 1][row, column];
                }
            }
        }

        return new DeltaScanResult(Create(shape.Reads, reads), Create(shape.State, last), null);
    }

    public DeltaOperands<Tensor> DeltaScanGradients(
        DeltaOperands<Tensor> operands, DeltaScanResult result, Tensor? reads, Tensor? state, int chunkLength)
    {
        DeltaShape shape = ShapeRules.DeltaScan(operands.Map(operand => operand.Shape), chunkLength);
        DeltaOperands<double[]> gradients = operands.Map(operand => new double[operand.Shape.ElementCount]);
        for (int memory = 0; memory < shape.Memories; memory++)
        {
            double[][,] states = States(operands, shape, memory);
            double[,] arriving = Memory(shape, memory, state);
            for (int time = shape.Time - 1; time >= 0; time--)
            {
                int token = (memory * shape.Time) + time;
                arriving = PassToken(operands, shape, token, states[time], states[time + 1], arriving, reads, gradients);
            }

            for (int i = 0; i < arriving.Length; i++)
            {
                gradients.State[(memory * arriving.Length) + i] = arriving[i / shape.ValueSize, i % shape.ValueSize];
            }
        }

        return new(
            Create(operands.Queries.Shape, gradients.Queries), Create(operands.Keys.Shape, gradients.Keys),
            Create(operands.Values.Shape, gradients.Values), Create(operands.Rates.Shape, gradients.Rates),
            Create(operands.LogRetentions.Shape, gradients.LogRetentions), Create(operands.State.Shape, gradients.State));
    }

    /// <summary>The memory before the first token and after each.</summary>
    private static double[][,] States(DeltaOperands<Tensor> operands, DeltaShape shape, int memory)
    {
        double[][,] states = new double[shape.Time + 1][,];
        states[0] = Memory(shape, memory, operands.State);
        for (int time = 0; time < shape.Time; time++)
        {
            int token = (memory * shape.Time) + time;
            double retention = Math.Exp(Values(operands.LogRetentions)[token]);
            double rate = Values(operands.Rates)[token];
            double[] errors = Errors(operands, shape, token, states[time]);
            states[time + 1] = Map(shape, (row, column) =>
                (retention * states[time][row, column]) + (rate * Row(operands.Keys, token)[row] * errors[column]));
        }

        return states;
    }

    /// <summary>The gradients of one token; returns the gradient at the memory before it.</summary>
    private static double[,] PassToken(
        DeltaOperands<Tensor> operands, DeltaShape shape, int token, double[,] before, double[,] after, double[,] arriving, Tensor? reads, DeltaOperands<double[]> gradients)
    {
        double[] query = [.. Row(operands.Queries, token)];
        double[] key = [.. Row(operands.Keys, token)];
        double[] read = reads is null ? new double[shape.ValueSize] : [.. Row(reads, token)];
        double[] errors = Errors(operands, shape, token, before);
        double rate = Values(operands.Rates)[token];
        double retention = Math.Exp(Values(operands.LogRetentions)[token]);
        double[,] sum = Map(shape, (row, column) => arriving[row, column] + (query[row] * read[column]));
        double[] error = new double[shape.ValueSize];
        ForEach(shape, (row, column) => error[column] += rate * key[row] * sum[row, column]);
        error.CopyTo(gradients.Values, token * shape.ValueSize);
        ForEach(shape, (row, column) =>
        {
            int element = (token * shape.KeySize) + row;
            gradients.Queries[element] += after[row, column] * read[column];
            gradients.Keys[element] += (rate * sum[row, column] * errors[column]) - (before[row, column] * error[column]);
            gradients.Rates[token] += key[row] * sum[row, column] * errors[column];
            gradients.LogRetentions[token] += retention * before[row, column] * sum[row, column];
        });
        return Map(shape, (row, column) => (retention * sum[row, column]) - (key[row] * error[column]));
    }

    private static double[] Errors(DeltaOperands<Tensor> operands, DeltaShape shape, int token, double[,] state)
    {
        double[] errors = [.. Row(operands.Values, token)];
        ForEach(shape, (row, column) => errors[column] -= Row(operands.Keys, token)[row] * state[row, column]);
        return errors;
    }

    private static double[,] Memory(DeltaShape shape, int memory, Tensor? states) => Map(shape, (row, column) =>
        states is null ? 0 : Values(states)[(((memory * shape.KeySize) + row) * shape.ValueSize) + column]);

    private static ReadOnlySpan<double> Row(Tensor x, int row) => Values(x).AsSpan(row * x.Shape[^1], x.Shape[^1]);

    private static double[,] Map(DeltaShape shape, Func<int, int, double> element)
    {
        double[,] matrix = new double[shape.KeySize, shape.ValueSize];
        ForEach(shape, (row, column) => matrix[row, column] = element(row, column));
        return matrix;
    }

    private static void ForEach(DeltaShape shape, Action<int, int> action)
    {
        for (int i = 0; i < shape.KeySize * shape.ValueSize; i++)
        {
            action(i / shape.ValueSize, i % shape.ValueSize);
        }
    }
}
