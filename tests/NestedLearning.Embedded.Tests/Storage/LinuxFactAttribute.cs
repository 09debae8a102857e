namespace NestedLearning.Embedded.Tests.Storage;

/// <summary>A test that needs a special file of Linux.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
        {
            Skip = "needs a special file that only Linux has";
        }
    }
}
