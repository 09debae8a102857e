namespace NestedLearning.Models;

/// <summary>The names of the tensors that the classifier's shared level receives, publishes and stores.</summary>
public static class SlowTensors
{
    /// <summary>Update by events: the keys k, one row for each event, [events, features].</summary>
    public const string Keys = "keys";

    /// <summary>Update by events: the number of each event's class.</summary>
    public const string Classes = "classes";

    /// <summary>
    /// Update: how many classes are numbered as the level numbers them, a single value; the labels of those after them
    /// travel along.
    /// </summary>
    public const string KnownClasses = "known-classes";

    /// <summary>Update by events: the targets of the other classes where they are not 0, [events, classes]; absent for plain targets.</summary>
    public const string Targets = "targets";

    /// <summary>Everywhere: the labels of the classes; in an update only those of new ones.</summary>
    public const string Labels = "labels";

    /// <summary>Version: the weights W, [features, classes].</summary>
    public const string Weights = "weights";

    /// <summary>Version: the diagonal of A, [features].</summary>
    public const string Energies = "energies";

    /// <summary>Version, snapshot and update by sums: the events n_c of each class, in the first two as they count since they fade.</summary>
    public const string Counts = "counts";

    /// <summary>Snapshot: how many events there are, and the level's time.</summary>
    public const string Events = "events";

    /// <summary>Snapshot: the lower triangle of A, row by row, [features * (features + 1) / 2]. Update by sums: the same, symmetric.</summary>
    public const string Gram = "gram";

    /// <summary>Snapshot and update by sums: Bᵀ, [features, classes].</summary>
    public const string Cross = "cross";

    /// <summary>Snapshot of a memory: drain sequences and the events each holds, in pairs.</summary>
    public const string Drains = "drains";
}
