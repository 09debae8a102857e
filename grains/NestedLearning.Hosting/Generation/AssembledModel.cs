using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>A sequence model of certain versions of its levels, which several may read at once. It goes when nobody uses it any more.</summary>
internal sealed class AssembledModel
{
    private int _holders = 1;

    /// <summary>A model that its maker holds.</summary>
    public AssembledModel(ModelSettings settings, SequenceSpec spec, TensorSet parameters, IReadOnlyList<LevelMoment> levels)
    {
        Settings = settings;
        Tokenizer = spec.Tokenizer!.Make();
        Levels = levels;
        Model = new SequenceModel(new ManagedBackend(1), spec.Model);
        Model.Parameters.Load(parameters);
        SizeBytes = sizeof(float) * Model.Parameters.Sum(group => group.ElementCount);
    }

    /// <summary>What it was made with.</summary>
    public ModelSettings Settings { get; }

    /// <summary>What makes its tokens.</summary>
    public ITokenizer Tokenizer { get; }

    /// <summary>Its parameters do not change any more.</summary>
    public SequenceModel Model { get; }

    /// <summary>When its levels were read, in the order of the model's levels.</summary>
    public IReadOnlyList<LevelMoment> Levels { get; }

    /// <summary>The bytes of its parameters.</summary>
    public long SizeBytes { get; }

    /// <summary>When it was last asked for, counted over all models.</summary>
    public long UsedAt { get; set; }

    /// <summary>Whether somebody beside its maker holds it.</summary>
    public bool IsInUse => _holders > 1;

    /// <summary>One more holds it.</summary>
    public void Hold() => _holders++;

    /// <summary>One less holds it.</summary>
    /// <returns>Whether it was the last, and the model is gone.</returns>
    public bool Release()
    {
        if (--_holders > 0)
        {
            return false;
        }

        Model.Dispose();
        return true;
    }
}

/// <summary>A version of a level, and when it was made, which tells it from one of a model of the same name that was deleted.</summary>
internal readonly record struct LevelMoment(LevelId Level, long Version, DateTimeOffset? At);
