namespace NestedLearning.Gateway.Dashboard.Signing;

/// <summary>The names of fields in forms.</summary>
public static class FormNames
{
    /// <summary>The session's token.</summary>
    public const string Token = "form-token";

    /// <summary>The key that somebody signs in with.</summary>
    public const string Key = "key";

    /// <summary>Where to go afterwards.</summary>
    public const string Target = "to";

    /// <summary>The name of what is to go, typed to confirm it.</summary>
    public const string Name = "name";

    /// <summary>The newest version, as the page showed it.</summary>
    public const string From = "from";
}
