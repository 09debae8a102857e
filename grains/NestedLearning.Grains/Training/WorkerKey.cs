using System.Globalization;
using NestedLearning.Models;

namespace NestedLearning.Grains;

/// <summary>The key of a worker: <c>model/run/number</c>.</summary>
internal readonly record struct WorkerKey(ModelId Model, int Number)
{
    /// <summary>Reads a key.</summary>
    /// <exception cref="ArgumentException">It is no key of a worker.</exception>
    /// <exception cref="InvalidIdException">The model's name is not valid.</exception>
    public static WorkerKey Parse(string text) => text.Split('/') is [var model, "run", var number]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0
            ? new WorkerKey(new ModelId(model), value)
            : throw new ArgumentException($"'{text}' is no key of a worker; accepted: model/run/number.", nameof(text));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Model}/run/{Number}");
}
