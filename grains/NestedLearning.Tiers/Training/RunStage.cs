namespace NestedLearning.Tiers;

/// <summary>How far a training run is.</summary>
public enum RunStage
{
    /// <summary>The data is read through once, to know how much there is.</summary>
    Surveying,

    /// <summary>Shards are leased and learned.</summary>
    Running,

    /// <summary>Every event is learned and in the shared levels.</summary>
    Done,

    /// <summary>Somebody stopped it. The same run goes on where it was when it is begun again.</summary>
    Stopped,

    /// <summary>The data or the settings are not acceptable; the run says why, and can be begun again.</summary>
    Failed,
}
