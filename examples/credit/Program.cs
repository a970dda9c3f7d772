using Assay.Examples.Credit;

return await CommandLine.RunAsync(args, Console.Out, Console.Error);
