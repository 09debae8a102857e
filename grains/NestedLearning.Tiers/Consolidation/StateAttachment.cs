namespace NestedLearning.Tiers;

/// <summary>What a level stores beside its state.</summary>
public enum AttachmentKind
{
    /// <summary>Older entries of the lineage.</summary>
    Lineage,

    /// <summary>The updates that a version left out.</summary>
    Quarantine,
}

/// <summary>A blob beside a level's state, written once. One that the state does not know of counts for nothing and may be written over.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Number">Its number among those of its kind: a segment's, or the version's.</param>
/// <param name="Bytes">The bytes.</param>
public sealed record StateAttachment(AttachmentKind Kind, long Number, byte[] Bytes);
