using NestedLearning.Grains;
using NestedLearning.Models;
using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Training;

/// <summary>Reads what the settings allow, and says of all else that it is not allowed, whether it is there or not.</summary>
internal sealed class AllowedData(TrainingSettings settings) : ITrainingDataSource
{
    private static readonly string[] HiddenCharacters = ["%00", "%2f", "%5c"];

    private readonly HttpData _http = new(settings.Limits);

    public ValueTask<TrainingData> OpenAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || HidesItsPath(uri))
        {
            throw Refused(address);
        }

        return uri.Scheme switch
        {
            "file" => ValueTask.FromResult(FileData.Open(FindFile(address, uri), settings.Limits)),
            "http" or "https" when settings.Addresses.Any(allowed => Holds(allowed, uri)) => _http.OpenAsync(uri, cancellationToken),
            _ => throw Refused(address),
        };
    }

    /// <summary>Whether it has an end of text, or slashes that only some servers take for such.</summary>
    private static bool HidesItsPath(Uri uri) =>
        HiddenCharacters.Any(hidden => uri.AbsolutePath.Contains(hidden, StringComparison.OrdinalIgnoreCase));

    private static bool Holds(Uri allowed, Uri uri) => allowed.IsBaseOf(uri) && uri.UserInfo.Length == 0;

    private static bool Holds(string folder, string path)
    {
        string relative = Path.GetRelativePath(folder, path);
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }

    private static DataException Refused(string address) => new(
        address.Split('?')[0], null, "not data that this server reads; accepted is what its settings Training:Folders and Training:Addresses name");

    private string FindFile(string address, Uri uri)
    {
        string path = uri.Host.Length == 0 ? Path.GetFullPath(uri.LocalPath) : throw Refused(address);
        return settings.Folders.Any(folder => Holds(folder, path)) ? path : throw Refused(address);
    }
}
