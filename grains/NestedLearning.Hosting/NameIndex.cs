using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// Names of what is stored under keys of its own. It names something before that is saved and until it is gone, so it may name what is
/// not there, and never lacks what is. Not safe for concurrent use.
/// </summary>
public sealed class NameIndex
{
    private readonly StateSlot _slot;
    private readonly Func<string, string> _check;
    private SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>An index that is empty until it is loaded.</summary>
    /// <param name="store">Where it is kept.</param>
    /// <param name="key">Under which key.</param>
    /// <param name="check">Gives back a name that is valid, and throws else: what is stored may be damaged.</param>
    public NameIndex(ITierStore store, StateKey key, Func<string, string> check)
    {
        _slot = new StateSlot(store, key);
        _check = check;
    }

    /// <summary>The names, in order.</summary>
    public IReadOnlyCollection<string> Names => _names;

    /// <summary>Loads what is saved.</summary>
    /// <exception cref="StoreException">It cannot be loaded, or is damaged.</exception>
    public async ValueTask LoadAsync(CancellationToken cancellationToken) => await _slot.LoadAsync(
        saved =>
        {
            string[] texts = JsonSerializer.Deserialize(saved.Span, NameIndexJson.Default.StringArray) ?? [];
            _names = new SortedSet<string>(texts.Select(_check), StringComparer.Ordinal);
        },
        cancellationToken);

    /// <summary>Names something; nothing happens when it is named already.</summary>
    /// <exception cref="StoreException">The index could not be saved.</exception>
    public ValueTask AddAsync(string name, CancellationToken cancellationToken) => SaveAsync([.. _names, name], cancellationToken);

    /// <summary>Names some things at once.</summary>
    /// <exception cref="StoreException">The index could not be saved; none of them is named.</exception>
    public ValueTask AddAsync(IEnumerable<string> names, CancellationToken cancellationToken) => SaveAsync([.. _names, .. names], cancellationToken);

    /// <summary>Names something no more.</summary>
    /// <exception cref="StoreException">The index could not be saved.</exception>
    public ValueTask RemoveAsync(string name, CancellationToken cancellationToken) =>
        SaveAsync([.. _names.Where(other => other != name)], cancellationToken);

    private async ValueTask SaveAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        SortedSet<string> next = new(names, StringComparer.Ordinal);
        if (!next.SetEquals(_names))
        {
            await _slot.SaveAsync(JsonSerializer.SerializeToUtf8Bytes([.. next], NameIndexJson.Default.StringArray), cancellationToken);
            _names = next;
        }
    }
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class NameIndexJson : JsonSerializerContext;
