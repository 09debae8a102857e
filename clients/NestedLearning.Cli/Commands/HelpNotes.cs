namespace NestedLearning.Cli.Commands;

/// <summary>What the help of a command ends with.</summary>
/// <param name="About">What a newcomer should know before the first try; may be empty.</param>
/// <param name="Examples">Whole command lines.</param>
internal sealed record HelpNotes(string About, IReadOnlyList<string> Examples)
{
    public void WriteTo(TextWriter output)
    {
        if (About.Length > 0)
        {
            output.WriteLine(About);
            output.WriteLine();
        }

        output.WriteLine("Examples:");
        foreach (string example in Examples)
        {
            output.WriteLine($"  {example}");
        }

        output.WriteLine();
    }
}
