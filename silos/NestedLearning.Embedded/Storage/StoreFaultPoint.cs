namespace NestedLearning.Embedded;

/// <summary>
/// The places where a save or a delete can be cut short, in the order in which they are passed. A test throws there to
/// play a crash or a failing disk; otherwise passing one does nothing.
/// </summary>
internal enum StoreFaultPoint
{
    /// <summary>The temporary file exists and is empty. The old state is current.</summary>
    AfterTempCreated,

    /// <summary>The temporary file holds the header only. The old state is current.</summary>
    AfterHeaderWritten,

    /// <summary>The temporary file is complete, in the system's cache only. The old state is current.</summary>
    AfterPayloadWritten,

    /// <summary>The temporary file is complete on the disk. The old state is current.</summary>
    AfterFileFlushed,

    /// <summary>The new state is current; a power failure may still bring the old one back, whole.</summary>
    AfterRename,

    /// <summary>The new state is current and durable; the caller does not know it yet.</summary>
    AfterFolderFlushed,

    /// <summary>A delete removed the file; a power failure may still bring it back, whole.</summary>
    AfterDelete,
}
