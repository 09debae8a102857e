namespace NestedLearning.Models;

/// <summary>What of a sequence model that has read a text is the key of that text.</summary>
public enum TextKey
{
    /// <summary>All values of the memories that the text has written to: the stream's state, level 0. Softmax attention has none.</summary>
    Memories = 0,

    /// <summary>What the last block makes of the tokens: the mean and the largest over tokens of each value, and those of the last token.</summary>
    Hidden = 1,
}
