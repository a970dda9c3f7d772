using Assay.Cli.Surface;
using Assay.Evaluation.Runners.Onnx;

// Not a verb of people: the process in which a model is scored under limits (see ScoreProcess). Before all else, so that it starts small.
return args is [ScoreWorker.Verb] ? await ScoreWorker.Main(CancellationToken.None) : await Application.Run(args, Console.Out, Console.Error);
