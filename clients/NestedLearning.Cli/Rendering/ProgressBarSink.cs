using Spectre.Console;

namespace NestedLearning.Cli.Rendering;

/// <summary>Moves a live bar.</summary>
internal sealed class ProgressBarSink : IProgressSink
{
    private readonly ProgressText _text;
    private readonly ProgressTask _bar;

    public ProgressBarSink(ProgressContext context, ProgressText text)
    {
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
    public void Report(long done, string? note = null)
    {
        _bar.Description = Markup.Escape(_text.Describe(done, note));
        if (_text.Total is not null)
        {
            _bar.Value = done;
        }
    }
}
