using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Takes parameters a part of the way back to where they were at the last outer step: <c>θ ← θ₀ + rate (θ − θ₀)</c>.</summary>
internal sealed class OuterStep(SequenceModel model, double rate)
{
    private TensorSet _before = model.Parameters.Save();

    /// <summary>Steps, and remembers where it came to.</summary>
    public void Take()
    {
        TensorSet after = [];
        foreach ((DenseTensor old, DenseTensor now) in _before.Cast<DenseTensor>().Zip(model.Parameters.Save().Cast<DenseTensor>()))
        {
            float[] values = new float[old.Values.Length];
            for (int i = 0; i < values.Length; i++)
            {
                float from = old.Values.Span[i];
                values[i] = from + ((float)rate * (now.Values.Span[i] - from));
            }

            after.Add(now with { Values = values });
        }

        model.Parameters.Load(after);
        _before = after;
    }
}
