using Azure;
using Npgsql;

namespace NestedLearning.Silo.Starting;

/// <summary>Something that this process depends on is not there, or is not as it must be.</summary>
internal sealed class DependencyException(string message, Exception? innerException = null) : NestedLearningException(message, innerException)
{
    /// <summary>Whether an error came from a database or a blob service.</summary>
    public static bool IsFromService(Exception error) =>
        error is NpgsqlException or RequestFailedException or TimeoutException || error is AggregateException several && several.InnerExceptions.All(IsFromService);

    /// <summary>Says of a service by its name what its error means.</summary>
    public static DependencyException From(string service, Exception error) =>
        new($"{service} {(Resilience.IsNoAnswer(error) ? "does not answer" : "refuses")}: {Reason(error)}.", error);

    /// <summary>The reason in one line: what a service answers may have many, and clients wrap the cause.</summary>
    public static string Reason(Exception error)
    {
        Exception cause = error is AggregateException several ? several.InnerExceptions[0] : error;
        while (cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return cause.Message.ReplaceLineEndings("\n").Split('\n')[0].TrimEnd('.');
    }
}
