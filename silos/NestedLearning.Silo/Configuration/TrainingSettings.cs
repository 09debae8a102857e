using NestedLearning.Silo.Training;

namespace NestedLearning.Silo.Configuration;

/// <summary>
/// Which data the workers of training runs may read. None by default: whoever reaches the API names the data, and must not
/// read through it what only this machine can.
/// </summary>
/// <param name="Folders">Files below these folders; what links in them lead to is read too.</param>
/// <param name="Addresses">What HTTP gives below these addresses; redirections are not followed.</param>
/// <param name="Limits">How much is read of one of them.</param>
internal sealed record TrainingSettings(IReadOnlyList<string> Folders, IReadOnlyList<Uri> Addresses, DataLimits Limits)
{
    private const char Separator = ';';

    public static TrainingSettings Read(SettingsReader reader)
    {
        string folders = reader.Text(
            "Training:Folders", "", "whole paths, with ';' between them", text => Split(text).All(Path.IsPathFullyQualified));
        string addresses = reader.Text(
            "Training:Addresses", "", "such as https://NAME/FOLDER/, with ';' between them", text => Split(text).All(part => Parse(part) is not null));
        return new TrainingSettings(
            [.. Split(folders).Select(Path.GetFullPath)],
            [.. Split(addresses).Select(part => Parse(part)!)],
            DataLimits.Default with { MaxMib = reader.WholeNumber("Training:MaxMib", DataLimits.Default.MaxMib, 1, int.MaxValue) });
    }

    private static string[] Split(string text) =>
        text.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static Uri? Parse(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https"
        && address.AbsolutePath.EndsWith('/') && address.Query.Length == 0 && address.UserInfo.Length == 0
            ? address
            : null;
}
