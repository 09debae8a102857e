using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Initial states from a file of tensors, whoever made it: chosen tensors become chosen parameters, for example MLP blocks of a pretrained
/// model the layers of a continuum memory (Nested Learning, Section 7.3).
/// </summary>
public static class InitialStates
{
    /// <summary>Takes up the tensors that the maps choose; all or nothing.</summary>
    /// <returns>The names of the parameters that were set.</returns>
    /// <exception cref="InvalidModelFileException">A map chooses nothing, or a parameter that is not there or has another shape, or one twice; or a value is no number.</exception>
    /// <exception cref="SafetensorsException">A tensor cannot be read.</exception>
    public static IReadOnlyList<string> Load(SequenceModel model, SafetensorsReader file, IReadOnlyList<TensorMap> maps)
    {
        Dictionary<string, Parameter> parameters = model.Parameters.Parameters.ToDictionary(parameter => parameter.Name);
        TensorSet values = [];
        foreach (TensorMap map in maps)
        {
            (SafetensorsEntry Tensor, string Target)[] chosen = [.. file.Tensors.Select(tensor => (tensor, map.TargetOf(tensor.Name))).Where(pair => pair.Item2 is not null).Select(pair => (pair.tensor, pair.Item2!))];
            if (chosen.Length == 0)
            {
                throw new InvalidModelFileException($"the source of '{map}'", "no tensor of the file", $"one of {Few(file.Tensors.Select(tensor => tensor.ToString()))}");
            }

            foreach ((SafetensorsEntry tensor, string target) in chosen)
            {
                if (!parameters.TryGetValue(target, out Parameter? parameter) || values.Find(target) is not null)
                {
                    throw new InvalidModelFileException($"the target of '{tensor.Name}'", parameter is null ? $"'{target}', no parameter" : $"'{target}' again", $"one of {Few(parameters.Values.Select(known => known.ToString()))}");
                }

                values.Add(Convert(file, tensor, parameter, map.IsTransposed));
            }
        }

        model.Parameters.LoadSome(values);
        return [.. values.Select(value => value.Name)];
    }

    /// <summary>Takes up every parameter under its own name; all or nothing.</summary>
    /// <exception cref="InvalidModelFileException">One is missing or has another shape, or a value is no number.</exception>
    /// <exception cref="SafetensorsException">A tensor cannot be read.</exception>
    public static void Load(SequenceModel model, SafetensorsReader file)
    {
        TensorSet values = [];
        foreach (Parameter parameter in model.Parameters.Parameters)
        {
            SafetensorsEntry tensor = file.Find(parameter.Name)
                ?? throw new InvalidModelFileException($"the parameter '{parameter}'", "missing", "one of each name of the model");
            values.Add(Convert(file, tensor, parameter, isTransposed: false));
        }

        model.Parameters.Load(values);
    }

    private static DenseTensor Convert(SafetensorsReader file, SafetensorsEntry tensor, Parameter parameter, bool isTransposed)
    {
        bool fits = isTransposed
            ? tensor.Shape.Count == 2 && parameter.Shape.SequenceEqual(tensor.Shape.Reverse())
            : parameter.Shape.SequenceEqual(tensor.Shape);
        if (!fits)
        {
            string transposed = isTransposed ? ", transposed" : "";
            throw new InvalidModelFileException($"the tensor '{tensor.Name}'", $"[{string.Join(", ", tensor.Shape)}]{transposed}", $"the shape of '{parameter}'");
        }

        float[] values = file.Read(tensor);
        int bad = Array.FindIndex(values, value => !float.IsFinite(value));
        if (bad >= 0)
        {
            throw new InvalidModelFileException($"value {bad} of '{tensor.Name}'", FormattableString.Invariant($"{values[bad]}"), "finite numbers of float32");
        }

        return new DenseTensor(parameter.Name, [.. parameter.Shape], isTransposed ? Transpose(values, tensor.Shape[0], tensor.Shape[1]) : values);
    }

    private static float[] Transpose(float[] values, int rows, int columns)
    {
        float[] turned = new float[values.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                turned[(j * rows) + i] = values[(i * columns) + j];
            }
        }

        return turned;
    }

    private static string Few(IEnumerable<string> names)
    {
        const int most = 6;
        string[] all = [.. names];
        return string.Join(", ", all.Take(most)) + (all.Length > most ? $", … ({all.Length})" : "");
    }
}
