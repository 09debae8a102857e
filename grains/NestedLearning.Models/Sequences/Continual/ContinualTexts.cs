using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Learns one text after the other, and measures all that were learned after each.</summary>
public sealed class ContinualTexts
{
    private readonly ContinualSettings _settings;
    private readonly ITensorBackend _backend;
    private readonly ITokenizer _tokenizer;
    private readonly IReadOnlyList<ContinualText> _texts;

    /// <summary>Texts of one tokenizer, each longer than a window.</summary>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    /// <exception cref="ArgumentException">There is no text, or one is too short.</exception>
    public ContinualTexts(ITensorBackend backend, ContinualSettings settings, ITokenizer tokenizer, IReadOnlyList<ContinualText> texts)
    {
        settings.Validate();
        foreach (ContinualText text in texts)
        {
            _ = TokenWindows.Draw(text.Learned, 1, settings.Training.Length, 0, 0);
            _ = TokenWindows.Draw(text.Held, 1, settings.Training.Length, 0, 0);
        }

        _settings = settings;
        _backend = backend;
        _tokenizer = tokenizer;
        _texts = texts.Count > 0 ? texts : throw new ArgumentException("There is no text, accepted: 1 or more.", nameof(texts));
    }

    /// <summary>Learns them all.</summary>
    /// <param name="way">What is done against forgetting.</param>
    /// <param name="report">Hears of each step, of all texts, and its loss in nats a token; it may throw to stop.</param>
    /// <returns>Bits a byte.</returns>
    public LossMatrix Run(ContinualWay way, Action<long, double>? report = null)
    {
        using SequenceModel model = new(_backend, _settings.Model, _settings.Training.Seed);
        TenantLevels? tenants = way is ContinualWay.Tenants or ContinualWay.FoundTenants ? new TenantLevels(model) : null;
        WindowReservoir? reservoir = way == ContinualWay.Reservoir ? new WindowReservoir(_settings.ReservoirWindows, _settings.Training.Seed) : null;
        ExactReadOut? readOut = way == ContinualWay.ReadOut ? new ExactReadOut(model, _settings.ReadOutFeatures, _settings.Training.Seed) : null;
        LossMatrix losses = new(_texts.Count);
        for (int now = 0; now < _texts.Count; now++)
        {
            if (readOut is null || now == 0)
            {
                Learn(model, way, now, reservoir, report);
            }

            if (readOut is not null)
            {
                Collect(readOut, now, now == 0 ? null : report);
            }

            tenants?.Add();
            for (int task = 0; task <= now; task++)
            {
                ReadOnlyMemory<int> held = _texts[task].Held;
                tenants?.Load(way == ContinualWay.Tenants ? task : tenants.Find(() => BitsPerByte(model, held[..BeginningOf(held)])));
                losses[task, now] = readOut is null ? BitsPerByte(model, held) : BitsPerByte(readOut.Nats, held);
            }

            tenants?.Load(now);
        }

        return losses;
    }

    private int BeginningOf(ReadOnlyMemory<int> held) => Math.Min(held.Length, (_settings.WindowsToFind * _settings.Training.Length) + 1);

    private double BitsPerByte(SequenceModel model, ReadOnlyMemory<int> tokens) =>
        TextEvaluation.InWindows(model, _tokenizer, tokens, _settings.Training.Length, _settings.Training.Batch).BitsPerByte;

    private double BitsPerByte(Func<TokenWindows, double> natsOf, ReadOnlyMemory<int> tokens) =>
        TextEvaluation.InWindows(natsOf, _tokenizer, tokens, _settings.Training.Length, _settings.Training.Batch).BitsPerByte;

    /// <summary>Adds the windows of a text's steps to what reads out, which answers from them at the end.</summary>
    private void Collect(ExactReadOut readOut, int now, Action<long, double>? report)
    {
        SequenceTrainingSettings training = _settings.Training;
        for (long step = now * training.Steps; step < (now + 1) * training.Steps; step++)
        {
            TokenWindows windows = Draw(ContinualWay.ReadOut, now, step, null);
            double loss = report is null ? 0 : readOut.Nats(windows) / windows.Targets.Length;
            readOut.Add(windows);
            report?.Invoke(step + 1, loss);
        }

        readOut.Solve();
    }

    private void Learn(SequenceModel model, ContinualWay way, int now, WindowReservoir? reservoir, Action<long, double>? report)
    {
        SequenceTrainingSettings training = _settings.Training;
        bool isShared = way is ContinualWay.Tenants or ContinualWay.FoundTenants;
        using SequenceLearner learner = new(model, training, isShared && now > 0 ? _settings.SharedRate : 1);
        OuterStep? outer = way == ContinualWay.OuterSteps ? new OuterStep(model, _settings.OuterRate) : null;
        while (learner.Steps < training.Steps)
        {
            TokenWindows windows = Draw(way, now, (now * training.Steps) + learner.Steps, reservoir);
            double loss = learner.Step(windows.Tokens, windows.Count, logits => CrossEntropy.Mean(logits, windows.Targets));
            if (learner.Steps % _settings.OuterPeriod == 0 || learner.Steps == training.Steps)
            {
                outer?.Take();
            }

            report?.Invoke((now * training.Steps) + learner.Steps, loss);
        }
    }

    /// <summary>The windows of a step, of which some are of earlier texts where they are replayed.</summary>
    private TokenWindows Draw(ContinualWay way, int now, long step, WindowReservoir? reservoir)
    {
        (int batch, int length, ulong seed) = (_settings.Training.Batch, _settings.Training.Length, _settings.Training.Seed);
        int share = (int)Math.Round(batch * _settings.ReplayShare);
        int fromTexts = way == ContinualWay.Replay && now > 0 ? share : 0;
        TokenWindows[] replayed =
        [
            .. reservoir?.Draw(share) ?? [],
            .. Enumerable.Range(0, fromTexts).Select(i => TokenWindows.Draw(_texts[(int)((step + i) % now)].Learned, 1, length, seed + 1 + (ulong)i, step)),
        ];
        TokenWindows present = TokenWindows.Draw(_texts[now].Learned, batch - replayed.Length, length, seed, step);
        reservoir?.Add(present);
        TokenWindows[] parts = [present, .. replayed];
        return new TokenWindows([.. parts.SelectMany(part => part.Tokens)], [.. parts.SelectMany(part => part.Targets)], batch);
    }
}
