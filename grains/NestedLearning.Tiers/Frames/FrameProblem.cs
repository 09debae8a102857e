namespace NestedLearning.Tiers;

/// <summary>Why a frame was refused.</summary>
public enum FrameProblem
{
    /// <summary>The first four bytes are not those of a frame.</summary>
    BadMagic,

    /// <summary>The format's version is not one that this build reads.</summary>
    UnknownVersion,

    /// <summary>The kind of frame or of update is not known.</summary>
    UnknownKind,

    /// <summary>A tensor's encoding is not known, or does not fit the kind of tensor.</summary>
    UnknownEncoding,

    /// <summary>The bytes are not those that were written.</summary>
    BadChecksum,

    /// <summary>The bytes end before the content does.</summary>
    Truncated,

    /// <summary>Bytes follow where the content ends.</summary>
    TrailingBytes,

    /// <summary>A size is over the limits, or more than the bytes at hand can hold.</summary>
    TooLarge,

    /// <summary>An id is missing or does not follow the rule for ids.</summary>
    BadId,

    /// <summary>A tensor's name does not follow the rule for names, or occurs twice.</summary>
    BadName,

    /// <summary>A tensor's shape does not fit its values or its encoding.</summary>
    BadShape,

    /// <summary>A payload is not where the layout puts it.</summary>
    BadLayout,

    /// <summary>A float is NaN or infinite.</summary>
    NotFinite,

    /// <summary>A text is not valid Unicode.</summary>
    BadText,

    /// <summary>A variable-length integer is over 64 bits or longer than it needs to be.</summary>
    BadVarint,

    /// <summary>Another value is outside its range.</summary>
    BadValue,
}
