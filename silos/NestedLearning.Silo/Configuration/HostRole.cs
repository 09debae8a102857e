namespace NestedLearning.Silo.Configuration;

/// <summary>What a process is to its cluster. Both serve the HTTP API.</summary>
internal enum HostRole
{
    /// <summary>It is a member, and holds memories and levels.</summary>
    Silo,

    /// <summary>It is a client, and holds nothing: it may come and go at any time.</summary>
    Gateway,
}
