using System.CommandLine;
using NestedLearning.Client;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>What says which server's model is meant, and where the result goes.</summary>
internal abstract class ReportArguments
{
    private readonly ServerArguments _server = new();
    private readonly OutputOptions _output = new();

    /// <exception cref="InvalidIdException">It is no name.</exception>
    public ModelId Model(ParseResult parsed) => _server.Model(parsed);

    /// <summary>A client of the server, once it is sure that the result can be written.</summary>
    public HttpLearningCluster Connect(ParseResult parsed)
    {
        _output.Check(parsed);
        return _server.Connect(parsed);
    }

    /// <summary>Writes the result as JSON where that was asked for.</summary>
    public async Task WriteAsync(ParseResult parsed, Func<string> toJson, CancellationToken cancellationToken)
    {
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, toJson() + "\n", cancellationToken);
        }
    }

    protected void AddServerTo(Command command)
    {
        _server.AddTo(command, withTenant: false);
        _output.AddTo(command, withPlot: false);
    }
}
