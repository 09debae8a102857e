using NestedLearning.Hosting;

namespace NestedLearning.Embedded.Tests;

public class EmbeddedOptionsTests
{
    [Fact]
    public void NewCluster_OptionsOutOfRange_ListsAll()
    {
        EmbeddedOptions options = new() { FoldThreads = 0, Mailbox = new MailboxOptions { Capacity = -1 } };

        InvalidEmbeddedOptionsException error = Assert.Throws<InvalidEmbeddedOptionsException>(
            () => new EmbeddedCluster(new MemoryTierStore(), options));

        Assert.Equal(2, error.Violations.Count);
        Assert.Contains("FoldThreads is 0, accepted: 1 to 1024", error.Message, StringComparison.Ordinal);
        Assert.Contains("Mailbox.Capacity is -1, accepted: at least 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_Defaults_Accepted() => new EmbeddedOptions().Validate();
}
