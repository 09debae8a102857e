namespace NestedLearning.Models;

/// <summary>The names of the fields that a data set's lines are read from; all five are different.</summary>
/// <param name="Text">The text; a line has this or <paramref name="Features"/>.</param>
/// <param name="Label">The class; every line has it.</param>
/// <param name="Task">The task; a line without it belongs to <see cref="DefaultTask"/>.</param>
/// <param name="Split">"train" or "test"; a line without it is for training.</param>
/// <param name="Features">The features; a line has this or <paramref name="Text"/>.</param>
public sealed record FieldNames(
    string Text = "text",
    string Label = "label",
    string Task = "task",
    string Split = "split",
    string Features = "features")
{
    /// <summary>The task of lines that name none.</summary>
    public const string DefaultTask = "all";

    /// <summary>Checks that every field has a name and that no two share one.</summary>
    /// <exception cref="FieldNamesException">A name is empty, or two are equal.</exception>
    public void Validate()
    {
        string[] names = [Text, Label, Task, Split, Features];
        if (names.Any(string.IsNullOrWhiteSpace))
        {
            throw new FieldNamesException("A field name is empty; accepted are five different names.");
        }

        if (names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } repeated)
        {
            throw new FieldNamesException(
                $"The field name '{repeated.Key}' is given to two fields; accepted are five different names.");
        }
    }
}
