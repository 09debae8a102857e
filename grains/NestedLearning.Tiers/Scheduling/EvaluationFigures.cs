namespace NestedLearning.Tiers;

/// <summary>The names of the numbers in the record of an evaluation.</summary>
public static class EvaluationFigures
{
    /// <summary>The memories that are in a process.</summary>
    public const string Memories = "memories";

    /// <summary>The events that were learned since the evaluation before.</summary>
    public const string Events = "events";

    /// <summary>Those of them that were predicted correctly just before; missing for a model that has a loss of its own.</summary>
    public const string Correct = "correct";

    /// <summary>Their share, 0 to 1; missing where nothing was learned.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>The mean of the model's own loss over the events, for sequence models in nats a token; missing for a model that has none.</summary>
    public const string Loss = "loss";

    /// <summary>The gate's probes, of all sources; missing where there are none.</summary>
    public const string Probes = "probes";

    /// <summary>Those of them that the newest version answers right without having learned them.</summary>
    public const string ProbesRight = "probesRight";

    /// <summary>What the texts among them cost, in bits for each byte; missing where there were none that are learned token by token.</summary>
    public const string BitsPerByte = "bitsPerByte";
}
