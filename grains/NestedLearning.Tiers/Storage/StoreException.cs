namespace NestedLearning.Tiers;

/// <summary>What went wrong in a store.</summary>
public enum StoreProblem
{
    /// <summary>Another process holds the store.</summary>
    Locked,

    /// <summary>A state's bytes are not what was saved.</summary>
    Damaged,

    /// <summary>No space is left.</summary>
    Full,

    /// <summary>Somebody else saved this state since it was loaded.</summary>
    Conflict,

    /// <summary>The store cannot be reached or refuses access.</summary>
    Unavailable,
}

/// <summary>A store could not load or save a state; what was durable before still is.</summary>
public sealed class StoreException : NestedLearningException
{
    /// <summary>Names the problem, the place and what to do.</summary>
    public StoreException(StoreProblem problem, string place, string message, Exception? innerException = null)
        : base($"{place}: {message}", innerException)
    {
        Problem = problem;
        Place = place;
    }

    /// <summary>What went wrong.</summary>
    public StoreProblem Problem { get; }

    /// <summary>The file, folder or key it went wrong at.</summary>
    public string Place { get; }
}
