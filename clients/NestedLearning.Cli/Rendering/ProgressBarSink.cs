using Spectre.Console;

namespace NestedLearning.Cli.Rendering;

/// <summary>Moves a live bar, and one for each part of the work.</summary>
internal sealed class ProgressBarSink : IProgressSink
{
    private readonly ProgressContext _context;
    private readonly ProgressText _text;
    private readonly ProgressTask _bar;
    private readonly List<ProgressTask> _parts = [];

    public ProgressBarSink(ProgressContext context, ProgressText text)
    {
        _context = context;
        _text = text;
        _bar = context.AddTask(Markup.Escape(text.Describe(0, null)), maxValue: Math.Max(1, text.Total ?? 1));
        _bar.IsIndeterminate = text.Total is null;
    }

    /// <inheritdoc/>
    public void Resume(long done)
    {
        _text.Before = done;
        Report(done);
    }

    /// <inheritdoc/>
    public void Report(long done, string? note = null, IReadOnlyList<ProgressPart>? parts = null)
    {
        _bar.Description = Markup.Escape(_text.Describe(done, note));
        if (_text.Total is not null)
        {
            _bar.Value = done;
        }

        for (int i = 0; i < (parts?.Count ?? 0); i++)
        {
            Show(i, parts![i]);
        }
    }

    private void Show(int index, in ProgressPart part)
    {
        string description = Markup.Escape($"  {part.Name}: {part.State}");
        if (index == _parts.Count)
        {
            _parts.Add(_context.AddTask(description, maxValue: 1));
        }

        _parts[index].Description = description;
        _parts[index].Value = part.Share;
    }
}
