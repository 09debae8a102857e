namespace NestedLearning.Embedded.Tests.Storage;

/// <summary>A folder of its own for one test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("nested-learning-").FullName;

    public string this[string name] => Path.Join(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
