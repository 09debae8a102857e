namespace NestedLearning.Cli.Data;

/// <summary>One localized string of the .NET SDK.</summary>
/// <param name="Component">The assembly it belongs to, without ".resources".</param>
/// <param name="Resource">The resource within the assembly, without the language.</param>
/// <param name="Key">The name of the string; the same in every language.</param>
/// <param name="Text">The string in the language; never empty, with at least one letter.</param>
internal sealed record SdkMessage(string Component, string Resource, string Key, string Text);
