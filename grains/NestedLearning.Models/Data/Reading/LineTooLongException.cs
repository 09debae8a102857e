using System.Globalization;

namespace NestedLearning.Models;

/// <summary>A line has more bytes than the reader takes; it was refused before all of it was in memory.</summary>
public sealed class LineTooLongException(string source, long line, int maxBytes)
    : DataException(
        source, line, string.Create(CultureInfo.InvariantCulture, $"the line is too long; accepted are lines of up to {maxBytes:N0} bytes"));
