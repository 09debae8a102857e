namespace NestedLearning.Models;

/// <summary>Data cannot be read; the message is "FILE:LINE: what is wrong; what is accepted".</summary>
public class DataException : NestedLearningException
{
    /// <summary>Names the place and what is wrong there.</summary>
    /// <param name="source">The file, or "-" for standard input.</param>
    /// <param name="line">The line, from 1; null when the whole source is meant.</param>
    /// <param name="problem">What is wrong and what is accepted, in one line.</param>
    /// <param name="innerException">The cause, if another error is.</param>
    public DataException(string source, long? line, string problem, Exception? innerException = null)
        : base(line is { } number ? $"{source}:{number}: {problem}" : $"{source}: {problem}", innerException)
    {
        Source = source;
        Problem = problem;
        Line = line;
    }

    /// <summary>The file, or "-" for standard input.</summary>
    public sealed override string? Source { get; set; }

    /// <summary>The line, from 1; null when the whole source is meant.</summary>
    public long? Line { get; }

    /// <summary>What is wrong and what is accepted, without the place.</summary>
    public string Problem { get; }

    /// <summary>The field that is refused; null when the whole line is.</summary>
    public string? Field { get; init; }
}
