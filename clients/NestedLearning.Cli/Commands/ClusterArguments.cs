using System.CommandLine;
using NestedLearning.Cli.Serving;
using NestedLearning.Embedded;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>The options of a command that goes to a server, or to the folder of one that does not run.</summary>
internal sealed class ClusterArguments
{
    private readonly ServerArguments _server = new("The server that has the model, in place of a folder.");
    private readonly Option<DirectoryInfo?> _directory;
    private readonly Option<string?> _model = new("--model") { Description = "The name of the model.", HelpName = "NAME" };

    /// <param name="about">What the folder is.</param>
    public ClusterArguments(string about) => _directory = new Option<DirectoryInfo?>("--data-dir") { Description = about, HelpName = "DIR" };

    public void AddTo(Command command)
    {
        command.Options.Add(_directory);
        command.Options.Add(_model);
        _server.AddTo(command, withTenant: false, withModel: false);
    }

    /// <exception cref="UsageException">Neither or both are given, or the folder is not there.</exception>
    public void Check(ParseResult parsed)
    {
        bool isServed = _server.Url(parsed) is not null;
        if (isServed == Directory(parsed) is not null)
        {
            throw new UsageException("--data-dir or --server is needed; accepted: one of them.");
        }

        if (isServed && Model(parsed) is null)
        {
            throw new UsageException("--server needs --model.");
        }

        if (Directory(parsed) is { Exists: false } missing)
        {
            throw new UsageException($"The folder '{missing}' of --data-dir does not exist.");
        }
    }

    /// <summary>The folder; null where it is a server.</summary>
    public DirectoryInfo? Directory(ParseResult parsed) => parsed.GetValue(_directory);

    /// <summary>The model; null where none is named.</summary>
    /// <exception cref="InvalidIdException">It is no name.</exception>
    public ModelId? Model(ParseResult parsed) => parsed.GetValue(_model) is { } name ? new ModelId(name) : null;

    /// <summary>Opens the one or the other.</summary>
    /// <exception cref="Tiers.StoreException">The folder is in use.</exception>
    public ServedCluster Open(ParseResult parsed)
    {
        if (Directory(parsed) is not { } directory)
        {
            return new ServedCluster(_server.Connect(parsed), null);
        }

        LocalTierStore store = LocalTierStore.Open(directory.FullName);
        return new ServedCluster(new EmbeddedCluster(store, new EmbeddedOptions()), store);
    }
}
