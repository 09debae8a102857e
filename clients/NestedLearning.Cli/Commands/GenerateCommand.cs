using System.CommandLine;
using System.Text;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Embedded;
using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl generate</c>.</summary>
internal sealed class GenerateCommand
{
    private const string About = """
        A sequence model goes on with a text, by the newest versions on a server or by a file
        that nl export wrote. Without a text on the command line, all of standard input is it.
        With --state the stream goes on where the last command with this file ended, as if it
        had not ended; its text may then be empty, as in "".
        """;

    private static readonly string[] Examples =
    [
        "nl generate --model hope --server http://127.0.0.1:5080 \"Once upon\"",
        "nl generate --from model.safetensors --temperature 0.6 \"Once upon\"",
        "nl generate --from model.safetensors --state stream.bin \"\"",
    ];

    private static readonly GenerationOptions Defaults = new();

    private readonly ServerArguments _server = new("Ask the model on this server, whose address 'nl serve' prints.");
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;
    private readonly Argument<string?> _prompt = new("TEXT") { Description = "What the text begins with.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<FileInfo?> _from = new("--from") { Description = "A model that nl export wrote, in place of a server's.", HelpName = "FILE.safetensors" };
    private readonly Option<FileInfo?> _state = new("--state") { Description = "Go on from the stream in this file, if it is there, and keep the stream in it.", HelpName = "FILE" };
    private readonly Option<int> _maxTokens = new("--max-tokens") { Description = "The most tokens that are added.", HelpName = "N", DefaultValueFactory = _ => Defaults.MaxTokens };
    private readonly Option<double> _temperature = new("--temperature") { Description = "0 for the likeliest token always, 1 for what the model expects.", HelpName = "NUMBER", DefaultValueFactory = _ => Defaults.Temperature };
    private readonly Option<int?> _topK = new("--top-k") { Description = "Draw from so many of the likeliest tokens.", HelpName = "N" };
    private readonly Option<string[]> _stop = new("--stop") { Description = "End before this text; may be repeated.", HelpName = "TEXT" };
    private readonly Option<ulong> _seed = new("--seed") { Description = "Fixes everything random.", HelpName = "N", DefaultValueFactory = _ => Defaults.Seed };

    private GenerateCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        GenerateCommand self = new(context);
        DocumentedCommand command = new("generate", "Let a sequence model go on with a text.", new HelpNotes(About, Examples));
        command.Arguments.Add(self._prompt);
        self._server.AddTo(command, tenant: "local");
        foreach (Option option in new Option[] { self._from, self._state, self._maxTokens, self._temperature, self._topK, self._stop, self._seed })
        {
            command.Options.Add(option);
        }

        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        MemoryAddress memory = _server.Memory(parsed);
        FileInfo? from = parsed.GetValue(_from);
        if (from is null == (_server.Url(parsed) is null))
        {
            throw new UsageException("--from or --server is needed; accepted: one of them.");
        }

        GenerationRequest request = await RequestAsync(parsed, cancellationToken);
        GenerateReport report;
        if (from is null)
        {
            await using HttpLearningCluster cluster = _server.Connect(parsed);
            report = await WriteAsync(cluster.Generation, memory, request, parsed, cancellationToken);
        }
        else
        {
            await using EmbeddedCluster cluster = new(new MemoryTierStore(), new EmbeddedOptions());
            await ImportAsync(cluster, memory.Model, from, cancellationToken);
            await using ClusterGeneration generation = new(cluster, new GenerationLimits { MaxTokens = int.MaxValue, MaxModelBytes = long.MaxValue, MaxStateBytes = Array.MaxLength });
            report = await WriteAsync(generation, memory, request, parsed, cancellationToken);
        }

        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }

    /// <summary>Makes the model in a file one of a cluster.</summary>
    private static async Task ImportAsync(ILearningCluster cluster, ModelId model, FileInfo file, CancellationToken cancellationToken)
    {
        using FileStream stream = ModelFile.Open(file);
        ModelCheckpoint checkpoint = ModelCheckpoint.Read(new SafetensorsReader(stream), double.MaxValue);
        await cluster.ImportModelAsync(model, checkpoint.Settings.Spec, checkpoint.Settings.Policy, checkpoint.InitialLevels, cancellationToken);
    }

    private async Task<GenerationRequest> RequestAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        FileInfo? state = parsed.GetValue(_state);
        return new GenerationRequest(parsed.GetValue(_prompt) ?? await _context.Input.ReadToEndAsync(cancellationToken))
        {
            Options = new GenerationOptions
            {
                MaxTokens = parsed.GetValue(_maxTokens),
                Temperature = parsed.GetValue(_temperature),
                TopCount = parsed.GetValue(_topK),
                StopTexts = parsed.GetValue(_stop) ?? [],
                Seed = parsed.GetValue(_seed),
            },
            State = state is { Exists: true } ? (ReadOnlyMemory<byte>?)await File.ReadAllBytesAsync(state.FullName, cancellationToken) : null,
            KeepState = state is not null,
        };
    }

    /// <summary>Writes the text as it comes, and keeps the stream.</summary>
    private async Task<GenerateReport> WriteAsync(
        ITextGeneration generation, MemoryAddress memory, GenerationRequest request, ParseResult parsed, CancellationToken cancellationToken)
    {
        TextWriter output = _context.Console.Profile.Out.Writer;
        StringBuilder text = new();
        GenerationEnd? end = null;
        bool begun = false;
        await foreach (GenerationEvent next in generation.GenerateAsync(memory, request, cancellationToken))
        {
            if (!begun)
            {
                begun = true;
                await output.WriteAsync(request.Prompt);
            }

            end = next as GenerationEnd;
            if (next is GeneratedText piece)
            {
                text.Append(piece.Text);
                await output.WriteAsync(piece.Text);
                await output.FlushAsync(cancellationToken);
            }
        }

        _context.Console.WriteLine();
        if (parsed.GetValue(_state) is { } state && end?.State is { } kept)
        {
            await ModelFile.ReplaceAsync(state, stream => stream.WriteAsync(kept, cancellationToken));
        }

        return new GenerateReport(memory.Model.Value, memory.Tenant.Value, request.Prompt, text.ToString(), end!.Tokens, end.Position, end.Stopped);
    }
}
