namespace NestedLearning.Models;

/// <summary>Who shares the parameters of a level.</summary>
public enum LevelScope
{
    /// <summary>Private to one tenant or worker; it lives in that one's fast memory.</summary>
    Memory,

    /// <summary>Shared by all; it lives in a consolidator.</summary>
    Shared,
}
