namespace NestedLearning.Models;

/// <summary>What is done so that a model which learns one text after the other keeps the earlier ones.</summary>
public enum ContinualWay
{
    /// <summary>Nothing: every step learns from the present text.</summary>
    Plain = 0,

    /// <summary>After some steps the parameters go a part of the way back to where they were before (Reptile, arXiv 1803.02999).</summary>
    OuterSteps = 1,

    /// <summary>A part of every batch is from earlier texts.</summary>
    Replay = 2,

    /// <summary>
    /// Each text is a tenant's: levels of period 1 are its own and begin as the last tenant's were, slower ones are shared by all. Who
    /// reads a text has to know whose it is.
    /// </summary>
    Tenants = 3,

    /// <summary>The same, but whose a text is, is told by which tenant's levels expect its first windows best.</summary>
    FoundTenants = 4,

    /// <summary>
    /// A part of every batch is from a reservoir, a fixed number of windows of which every window that was learned had the same chance to
    /// stay. Nobody has to say where a text ends and another begins.
    /// </summary>
    Reservoir = 5,

    /// <summary>
    /// The model learns the first text and stays. What it makes of all texts, the first among them, is the key of an exact memory of what comes
    /// next, whose statistics are summed; no text is kept, and nobody has to say where one ends but the first.
    /// </summary>
    ReadOut = 6,
}
