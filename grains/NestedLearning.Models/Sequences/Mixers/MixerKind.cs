namespace NestedLearning.Models;

/// <summary>How the tokens of a sequence hear of each other.</summary>
public enum MixerKind
{
    /// <summary>Self-modifying Titans (Nested Learning, Eq. 83–93): a memory that changes its own projections and values.</summary>
    SelfModifying = 0,

    /// <summary>The same memory with projections and values that stay as they are (Titans, arXiv 2501.00663).</summary>
    Titans = 1,

    /// <summary>The gated delta rule (arXiv 2412.06464).</summary>
    GatedDelta = 2,

    /// <summary>The delta rule, which keeps everything (arXiv 2406.06484).</summary>
    Delta = 3,

    /// <summary>Linear attention: values are added up by their keys (arXiv 2006.16236).</summary>
    LinearAttention = 4,

    /// <summary>Softmax attention with rotary positions (arXiv 1706.03762, 2104.09864).</summary>
    Attention = 5,
}
