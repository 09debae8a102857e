namespace NestedLearning.Tensors.Contracts;

/// <summary>A network [16, 32, 16] that learns to imitate random answers.</summary>
public static class SmallNetwork
{
    /// <summary>Takes steps of gradient descent and returns the loss at each.</summary>
    public static float[] Train(ITensorBackend backend, int steps, Action<int> afterStep)
    {
        using Tensor inputs = backend.Normal([64, 16], 1);
        using Tensor answers = backend.Uniform([64, 16], 2);
        Tensor[] weights = [backend.Normal([16, 32], 3), backend.Fill([32], 0), backend.Normal([32, 16], 4)];
        float[] losses = new float[steps];
        for (int step = 0; step < steps; step++)
        {
            using (var tape = new Tape(backend))
            {
                Variable[] parameters = Array.ConvertAll(weights, tape.Parameter);
                Variable hidden = (tape.Constant(inputs).MatrixMultiply(parameters[0]) + parameters[1]).LayerNormalize().Gelu();
                Variable error = hidden.MatrixMultiply(parameters[2]) - tape.Constant(answers);
                Variable loss = (error * error).Mean();
                losses[step] = loss.ToArray()[0];
                Variable[] gradients = tape.Gradients(loss, parameters);
                for (int i = 0; i < weights.Length; i++)
                {
                    Tensor updated = (parameters[i].Detach() - (gradients[i] * 0.5)).Keep();
                    weights[i].Dispose();
                    weights[i] = updated;
                }
            }

            afterStep(step);
        }

        Array.ForEach(weights, weight => weight.Dispose());
        return losses;
    }
}
