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

    public int[]? Tokens { get; set; }

    public int? Windows { get; set; }

    public long? Sequence { get; set; }

    public void Begin(LinePosition position)
    {
        Position = position;
        Text = Label = Task = Split = null;
        Features = null;
        Tokens = null;
        Windows = null;
        Sequence = null;
    }

    public DataException LengthError(string field, string problem, int maxLength) => Position.FieldError(field, string.Create(
        CultureInfo.InvariantCulture, $"'{field}' is {problem}; accepted are 1 to {maxLength:N0} characters"));

    /// <exception cref="DataException">The fields do not make an example.</exception>
    public Example ToExample() => new(
        ToInput(),
        ToLabel(),
        Name(names.Task, Task) ?? FieldNames.DefaultTask,
        IsTest());

    /// <summary>An event with a number. Whether it needs a label, its model knows.</summary>
    /// <exception cref="DataException">The fields do not make one.</exception>
    public LearningEvent ToEvent() => new(
        Sequence ?? throw Position.FieldError(
            EventReader.SequenceField, $"'{EventReader.SequenceField}' is missing; accepted are whole numbers from 1"),
        ToInput(),
        Name(names.Label, Label) ?? "");

    /// <exception cref="DataException">The fields are neither a text, nor features, nor tokens, or more than one.</exception>
    public ModelInput ToInput()
    {
        if (Tokens is { } tokens)
        {
            return Text is null && Features is null
                ? new TokenInput(tokens, Windows ?? 1)
                : throw Position.FieldError(TokenFields.Tokens, $"'{TokenFields.Tokens}' and '{(Text is null ? names.Features : names.Text)}' are given; accepted is one of them");
        }

        if (Features is { } features)
        {
            return Text is null
                ? new FeatureInput(features)
                : throw Position.FieldError(names.Features, $"both '{names.Text}' and '{names.Features}' are given; accepted is one of them");
        }

        if (Text is null)
        {
            throw Position.FieldError(
                names.Text, $"neither '{names.Text}' nor '{names.Features}' is given; accepted is one of them");
        }

        CheckLength(names.Text, Text, limits.MaxTextLength);
        return new TextInput(Text);
    }

    private string ToLabel() => Name(names.Label, Label) ?? throw Position.FieldError(
        names.Label, $"'{names.Label}' is missing or null; accepted are a string or a number");

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
        _ => throw Position.FieldError(
            names.Split, $"'{names.Split}' is {LinePosition.Show(Split)}; accepted are \"train\" and \"test\""),
    };
}
