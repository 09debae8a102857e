using NestedLearning.Cli.Commands;

return await NlCommand.RunAsync(args, new CommandContext(Terminal.Create(), Console.Error, TimeProvider.System));
