namespace NestedLearning.Models;

/// <summary>
/// Associative recall of many queries (MQAR, arXiv 2312.04927): pairs of a key and a value, then keys of which the values are asked. A stream
/// is <c>k1 v1 k2 v2 … gap … k2 v2 k1</c>; it goes on with the value after each query but the last.
/// </summary>
/// <remarks>
/// Token 0 is the gap's, then come the keys, then the values. Keys of a stream differ, values may be equal. One who has kept the values but
/// not whose they are is right once in as many answers as there are pairs, and a little more.
/// </remarks>
public sealed class AssociativeRecallTask : ISequenceTask
{
    private readonly AssociativeRecallSettings _settings;

    /// <summary>A task of these sizes.</summary>
    /// <exception cref="InvalidTaskException">At least one setting is out of its range.</exception>
    public AssociativeRecallTask(AssociativeRecallSettings settings)
    {
        settings.Validate();
        _settings = settings;
    }

    /// <inheritdoc/>
    public string Name => "associative-recall";

    /// <inheritdoc/>
    public int Vocabulary => 1 + _settings.Keys + _settings.Values;

    /// <inheritdoc/>
    public int Length => FirstQuery + (2 * _settings.Queries) - 1;

    /// <inheritdoc/>
    public double Chance => 1.0 / _settings.Values;

    private int FirstQuery => (2 * _settings.Pairs) + _settings.Gap;

    /// <inheritdoc/>
    public TaskBatch Draw(Random random, int streams)
    {
        int[] tokens = new int[streams * Length];
        List<TaskAnswer> answers = [];
        int[] keys = [.. Enumerable.Range(1, _settings.Keys)];
        for (int stream = 0; stream < streams; stream++)
        {
            Span<int> all = tokens.AsSpan(stream * Length, Length);
            random.Shuffle(keys);
            int[] values = [.. Enumerable.Range(0, _settings.Pairs).Select(_ => 1 + _settings.Keys + random.Next(_settings.Values))];
            for (int pair = 0; pair < _settings.Pairs; pair++)
            {
                all[2 * pair] = keys[pair];
                all[(2 * pair) + 1] = values[pair];
            }

            int[] asked = [.. Enumerable.Range(0, _settings.Pairs)];
            random.Shuffle(asked);
            for (int query = 0; query < _settings.Queries; query++)
            {
                int position = FirstQuery + (2 * query);
                all[position] = keys[asked[query]];
                answers.Add(new TaskAnswer(stream, position, values.AsMemory(asked[query], 1)));
                if (position + 1 < Length)
                {
                    all[position + 1] = values[asked[query]];
                }
            }
        }

        return new TaskBatch(streams, tokens, answers);
    }
}
