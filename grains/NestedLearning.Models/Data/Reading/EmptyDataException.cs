namespace NestedLearning.Models;

/// <summary>The data was read to its end and holds no event.</summary>
public sealed class EmptyDataException(string source) : DataException(source, null, "no events");
