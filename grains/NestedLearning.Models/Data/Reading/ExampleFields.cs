using System.Globalization;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// The fields of one record, whatever format it came in, and the rules that make an example of them.
/// Null stands for a field that is absent.
/// </summary>
internal sealed class ExampleFields(FieldNames names, ReadingLimits limits)
{
    public LinePosition Position { get; private set; }

    public string? Text { get; set; }

    public string? Label { get; set; }

    public string? Task { get; set; }

    public string? Split { get; set; }

    public SparseVector? Features { get; set; }

    public void Begin(LinePosition position)
    {
        Position = position;
        Text = Label = Task = Split = null;
        Features = null;
    }

    public DataException LengthError(string field, string problem, int maxLength) => Position.Error(string.Create(
        CultureInfo.InvariantCulture, $"'{field}' is {problem}; accepted are 1 to {maxLength:N0} characters"));

    /// <exception cref="DataException">The fields do not make an example.</exception>
    public Example ToExample() => new(
        Input(),
        Name(names.Label, Label) ?? throw Position.Error(
            $"'{names.Label}' is missing or null; accepted are a string or a number"),
        Name(names.Task, Task) ?? FieldNames.DefaultTask,
        IsTest());

    private ModelInput Input()
    {
        if (Features is { } features)
        {
            return Text is null
                ? new FeatureInput(features)
                : throw Position.Error($"both '{names.Text}' and '{names.Features}' are given; accepted is one of them");
        }

        if (Text is null)
        {
            throw Position.Error(
                $"neither '{names.Text}' nor '{names.Features}' is given; accepted is one of them");
        }

        CheckLength(names.Text, Text, limits.MaxTextLength);
        return new TextInput(Text);
    }

    private string? Name(string field, string? value)
    {
        if (value is not null)
        {
            CheckLength(field, value, limits.MaxNameLength);
        }

        return value;
    }

    private void CheckLength(string field, string value, int maxLength)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw LengthError(field, "empty", maxLength);
        }

        if (value.Length > maxLength)
        {
            throw LengthError(field, "too long", maxLength);
        }
    }

    private bool IsTest() => Split switch
    {
        null or "train" => false,
        "test" => true,
        _ => throw Position.Error(
            $"'{names.Split}' is {LinePosition.Show(Split)}; accepted are \"train\" and \"test\""),
    };
}
