namespace NestedLearning.Models;

/// <summary>What a deep momentum learns of a gradient's direction û, of which −û is what it is to say.</summary>
public enum InnerObjective
{
    /// <summary>The delta rule's: <c>½ ‖m(û) + û‖²</c>. It ends where the memory says what it is to say.</summary>
    Squared,

    /// <summary>The Hebbian one: <c>⟨m(û), û⟩</c>. Only retention bounds it.</summary>
    DotProduct,
}
