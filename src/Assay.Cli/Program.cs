using Assay.Cli.Surface;

return await Application.Run(args, Console.Out, Console.Error);
