using System.Text.Json.Serialization;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What a training run learns and how its data is cut. Two specs that are equal are the same run.</summary>
/// <param name="Data">Where the data is, as the workers reach it: an address or a path.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Fields">The names of its fields; null for the default ones.</param>
/// <param name="Workers">How many workers learn at a time, 1 to 1,024; default 1.</param>
/// <param name="Split">Which of the workers learns what; a stream of tasks is not cut here, so not <see cref="StreamSplit.Task"/>.</param>
/// <param name="ShardsPerWorker">
/// Into how many shards each worker's part is cut, 1 to 1,024; default 1. Where workers need not wait for each other, more
/// lets a quick one learn more of them; but every shard is read from the beginning of the data.
/// </param>
/// <param name="LeaseSeconds">
/// How long a worker may be silent before another takes its shard, 5 to 3,600 seconds; default 30. Where rounds wait for
/// all workers, a worker that is lost holds up the others about as long.
/// </param>
/// <param name="Measure">
/// Whether the workers measure each task when it ends, by the data's examples for testing, on it and all before; default no.
/// </param>
public sealed record RunSpec(
    string Data,
    DataFormat Format = DataFormat.ByName,
    FieldNames? Fields = null,
    int Workers = 1,
    StreamSplit Split = StreamSplit.Shard,
    int ShardsPerWorker = 1,
    int LeaseSeconds = 30,
    bool Measure = false)
{
    private const int MaxShards = 16_384;
    private const int MaxDataLength = 2_048;

    /// <summary>How many shards there are.</summary>
    [JsonIgnore]
    public int Shards => Workers * ShardsPerWorker;

    /// <summary>How long a lease holds without a renewal.</summary>
    [JsonIgnore]
    public TimeSpan LeaseTime => TimeSpan.FromSeconds(LeaseSeconds);

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidRunException">At least one setting is out of its range.</exception>
    public void Validate()
    {
        List<string> violations = [];
        Check(Data is { Length: > 0 and <= MaxDataLength }, nameof(Data), Data is null ? "missing" : $"{Data.Length} characters long", "1 to 2,048 characters");
        Check(Enum.IsDefined(Format), nameof(Format), Format, string.Join(", ", Enum.GetNames<DataFormat>()));
        Check(Workers is >= 1 and <= 1024, nameof(Workers), Workers, "1 to 1,024");
        Check(Split is StreamSplit.Shard or StreamSplit.Class, nameof(Split), Split, $"{StreamSplit.Shard}, {StreamSplit.Class}");
        Check(ShardsPerWorker is >= 1 and <= 1024, nameof(ShardsPerWorker), ShardsPerWorker, "1 to 1,024");
        Check(LeaseSeconds is >= 5 and <= 3600, nameof(LeaseSeconds), LeaseSeconds, "5 to 3,600");
        Check((long)Workers * ShardsPerWorker <= MaxShards, nameof(Shards), (long)Workers * ShardsPerWorker, "up to 16,384");
        CheckFields(violations);
        if (violations.Count > 0)
        {
            throw new InvalidRunException(violations);
        }

        void Check<T>(bool holds, string setting, T value, string accepted)
        {
            if (!holds)
            {
                violations.Add(FormattableString.Invariant($"{setting} is {value}, accepted: {accepted}"));
            }
        }
    }

    /// <summary>As <see cref="Validate"/>, for a run of a model whose rounds are known.</summary>
    /// <exception cref="InvalidRunException">
    /// At least one setting is out of its range; or rounds wait for more sources than there are workers, so each would wait for others.
    /// </exception>
    public void ValidateFor(RoundPolicy rounds)
    {
        Validate();
        if (Workers < rounds.MinContributors)
        {
            throw new InvalidRunException(
                [FormattableString.Invariant($"{nameof(Workers)} is {Workers}, accepted: at least {rounds.MinContributors}, for which every round of the model waits")]);
        }
    }

    private void CheckFields(List<string> violations)
    {
        try
        {
            Fields?.Validate();
        }
        catch (FieldNamesException error)
        {
            violations.Add($"{nameof(Fields)}: {error.Message.TrimEnd('.')}");
        }
    }
}
