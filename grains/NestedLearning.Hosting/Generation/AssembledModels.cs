using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// Sequence models put together from the newest durable versions of their levels, for reading. A level that has not changed is not fetched
/// again; models that nobody reads make room for others.
/// </summary>
internal sealed class AssembledModels(ILearningCluster cluster, long maxBytes) : IDisposable
{
    private readonly SemaphoreSlim _assembling = new(1, 1);
    private readonly Dictionary<ModelId, AssembledModel> _newest = [];
    private long _bytes;
    private long _uses;

    /// <summary>The bytes of all models here, those that are still read though there are newer ones among them.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>The model at its newest versions; whoever gets it releases it.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    /// <exception cref="InvalidInputException">It is no sequence model that knows texts, or too large.</exception>
    /// <exception cref="BusyException">Models that are in use leave no room for it.</exception>
    public async ValueTask<AssembledModel> HoldAsync(ModelId model, CancellationToken cancellationToken)
    {
        ModelSettings settings = await cluster.GetModelAsync(model, cancellationToken);
        SequenceSpec spec = settings.Spec is SequenceSpec { Tokenizer: not null } sequence
            ? sequence
            : throw new InvalidInputException("model", "does not go on with texts", "a sequence model with a tokenizer");
        await _assembling.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<LevelStatus> levels = await cluster.GetLevelsAsync(model, cancellationToken);
            LevelMoment[] moments = new LevelMoment[levels.Count];
            for (int i = 0; i < moments.Length; i++)
            {
                moments[i] = await MomentAsync(model, levels[i].Level, levels[i].Version, cancellationToken);
            }

            AssembledModel? known = FindAndHold(model, settings);
            if (known is not null && known.Levels.SequenceEqual(moments))
            {
                return known;
            }

            TensorSet parameters = await FetchAsync(model, known, moments, cancellationToken);
            return Assemble(model, settings, spec, parameters, moments);
        }
        finally
        {
            _assembling.Release();
        }
    }

    /// <summary>Gives a hold back.</summary>
    public void Release(AssembledModel model)
    {
        lock (_newest)
        {
            if (model.Release())
            {
                Interlocked.Add(ref _bytes, -model.SizeBytes);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ModelId model in _newest.Keys.ToArray())
        {
            Drop(model);
        }

        _assembling.Dispose();
    }

    private AssembledModel? FindAndHold(ModelId model, ModelSettings settings)
    {
        lock (_newest)
        {
            if (!_newest.TryGetValue(model, out AssembledModel? known) || known.Settings != settings)
            {
                return null;
            }

            known.Hold();
            known.UsedAt = ++_uses;
            return known;
        }
    }

    /// <summary>A version with its time; the first of a level has none.</summary>
    private async ValueTask<LevelMoment> MomentAsync(ModelId model, LevelId level, long version, CancellationToken cancellationToken)
    {
        IReadOnlyList<VersionRecord> records = await cluster.GetVersionsAsync(model, level, version + 1, 1, cancellationToken);
        return new LevelMoment(level, version, records is [{ Entry: { } entry }] && entry.Version == version ? entry.At : null);
    }

    /// <summary>The parameters of a model, those of levels that have not changed from the one that is known, which is released.</summary>
    private async ValueTask<TensorSet> FetchAsync(ModelId model, AssembledModel? known, LevelMoment[] moments, CancellationToken cancellationToken)
    {
        try
        {
            TensorSet parameters = [];
            for (int i = 0; i < moments.Length; i++)
            {
                if (known?.Levels[i] == moments[i])
                {
                    parameters.AddPart("", known.Model.Parameters.Save(i));
                    continue;
                }

                LevelVersion version = await cluster.GetVersionAsync(model, moments[i].Level, cancellationToken);
                moments[i] = await MomentAsync(model, moments[i].Level, version.Number, cancellationToken);
                parameters.AddPart("", version.Tensors);
            }

            return parameters;
        }
        finally
        {
            if (known is not null)
            {
                Release(known);
            }
        }
    }

    private AssembledModel Assemble(ModelId model, ModelSettings settings, SequenceSpec spec, TensorSet parameters, LevelMoment[] moments)
    {
        MakeRoom(model, sizeof(float) * parameters.OfType<DenseTensor>().Sum(tensor => (long)tensor.Values.Length));
        AssembledModel made = new(settings, spec, parameters, moments);
        lock (_newest)
        {
            made.Hold();
            made.UsedAt = ++_uses;
            _newest.Add(model, made);
            Interlocked.Add(ref _bytes, made.SizeBytes);
        }

        return made;
    }

    /// <summary>Lets go of models that nobody reads, those that were not asked for the longest first; and of the older one of this model.</summary>
    private void MakeRoom(ModelId model, long bytes)
    {
        if (bytes > maxBytes)
        {
            throw new InvalidInputException("model", FormattableString.Invariant($"has {bytes} bytes of parameters"), FormattableString.Invariant($"up to {maxBytes} for going on with texts"));
        }

        Drop(model);
        while (Bytes > maxBytes - bytes)
        {
            ModelId[] idle;
            lock (_newest)
            {
                idle = [.. _newest.Where(one => !one.Value.IsInUse).OrderBy(one => one.Value.UsedAt).Select(one => one.Key).Take(1)];
            }

            if (idle is not [var oldest])
            {
                throw new BusyException("The memory for models that go on with texts");
            }

            Drop(oldest);
        }
    }

    private void Drop(ModelId model)
    {
        lock (_newest)
        {
            if (_newest.Remove(model, out AssembledModel? older) && older.Release())
            {
                Interlocked.Add(ref _bytes, -older.SizeBytes);
            }
        }
    }
}
