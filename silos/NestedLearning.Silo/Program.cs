using NestedLearning.Silo.Commands;

return await SiloCommand.RunAsync(args, Console.Out, Console.Error);
