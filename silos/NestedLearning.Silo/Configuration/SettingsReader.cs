using System.Globalization;

namespace NestedLearning.Silo.Configuration;

/// <summary>
/// Reads the settings below one section. A value that is not accepted is noted and replaced by its default, so that all of
/// them can be reported at once; so are settings that nobody asked for, which are misspelt ones.
/// </summary>
/// <remarks>An empty value is one that is not set: templates of environments leave such behind.</remarks>
internal sealed class SettingsReader(IConfigurationSection section)
{
    private readonly Dictionary<string, string> _defaults = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _violations = [];

    /// <summary>Reads one value; false when the text is not accepted.</summary>
    public delegate bool Parse<T>(string text, out T value);

    /// <summary>Every setting that was asked for, with its default as it would be written.</summary>
    public IReadOnlyDictionary<string, string> Defaults => _defaults;

    /// <summary>What is wrong, a sentence for each setting.</summary>
    public IReadOnlyList<string> Violations => _violations;

    /// <summary>A value of any kind.</summary>
    /// <param name="key">The setting, such as <c>Api:Url</c>.</param>
    /// <param name="fallback">The value when it is not set.</param>
    /// <param name="accepted">What is accepted, in words.</param>
    /// <param name="parse">Reads the value.</param>
    public T Read<T>(string key, T fallback, string accepted, Parse<T> parse)
    {
        string text = Raw(key, Convert.ToString(fallback, CultureInfo.InvariantCulture) ?? "");
        if (text.Length == 0)
        {
            return fallback;
        }

        if (parse(text, out T value))
        {
            return value;
        }

        Refuse(key, $"is '{text}'; accepted: {accepted}");
        return fallback;
    }

    public string Text(string key, string fallback, string accepted, Predicate<string> isAccepted) =>
        Read(key, fallback, accepted, (string text, out string value) => isAccepted(value = text));

    /// <summary>A text that no message shows; empty when it is not set.</summary>
    public string Secret(string key) => Raw(key, "");

    public int WholeNumber(string key, int fallback, int lowest, int highest) =>
        Read(key, fallback, $"{lowest} to {highest}", (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= lowest && value <= highest);

    public TimeSpan Time(string key, TimeSpan fallback, TimeSpan lowest, TimeSpan highest) =>
        Read(key, fallback, $"{lowest:c} to {highest:c}", (string text, out TimeSpan value) =>
            TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out value) && value >= lowest && value <= highest);

    public bool Flag(string key) => Read(key, false, "True, False", (string text, out bool value) => bool.TryParse(text, out value));

    public T Choice<T>(string key, T fallback)
        where T : struct, Enum =>
        Read(key, fallback, string.Join(", ", Enum.GetNames<T>()), (string text, out T value) =>
            Enum.TryParse(text, ignoreCase: true, out value) && Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase));

    /// <summary>One of some words.</summary>
    public string OneOf(string key, string fallback, params string[] words) =>
        Text(key, fallback, string.Join(", ", words), text => words.Contains(text, StringComparer.Ordinal));

    /// <summary>What is set below a key, under names of the user's choice.</summary>
    /// <param name="key">The key that they are below.</param>
    /// <param name="name">What stands for such a name where settings are listed.</param>
    /// <param name="read">Reads the one with the given key.</param>
    public IReadOnlyDictionary<string, T> Each<T>(string key, string name, Func<string, T> read)
    {
        _defaults.Add($"{key}:{name}", "");
        return section.GetSection(key).GetChildren().ToDictionary(child => child.Key, child => read($"{key}:{child.Key}"));
    }

    /// <summary>Notes that a setting is not accepted for another reason than its form.</summary>
    public void Refuse(string key, string reason) => _violations.Add($"{section.Path}:{key} {reason}.");

    /// <summary>Notes everything that is set and was not asked for.</summary>
    public void RefuseOthers()
    {
        foreach ((string key, string? value) in section.AsEnumerable(makePathsRelative: true).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (!string.IsNullOrEmpty(value) && !_defaults.ContainsKey(key))
            {
                Refuse(key, "is no setting");
            }
        }
    }

    private string Raw(string key, string fallback)
    {
        _defaults[key] = fallback;
        return section[key]?.Trim() ?? "";
    }
}
