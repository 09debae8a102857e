namespace NestedLearning.Tiers;

/// <summary>How the data of a run is written.</summary>
public enum DataFormat
{
    /// <summary>CSV where its name ends with <c>.csv</c>, JSON Lines otherwise.</summary>
    ByName,

    /// <summary>A JSON object on each line.</summary>
    JsonLines,

    /// <summary>CSV whose first record names the columns.</summary>
    Csv,
}
