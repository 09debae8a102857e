using NestedLearning.Cli.Data;
using NestedLearning.Models;

namespace NestedLearning.Cli.Tests.Data;

/// <summary>A test that needs a .NET SDK with localized messages; some distributions build theirs without.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SdkFactAttribute : FactAttribute
{
    public SdkFactAttribute()
    {
        try
        {
            DotnetSdk.Find();
        }
        catch (DataException e)
        {
            Skip = e.Message;
        }
    }
}
