using System.CommandLine;

namespace Assay.Examples.Credit;

/// <summary>The options of <c>train-credit</c>; <c>--help</c> prints this.</summary>
public static class CommandLine
{
    /// <summary>Runs the program: 0 trained and logged, 1 refused by the server or by the parity check, 2 wrong use or an error.</summary>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors, CancellationToken ct = default)
    {
        var defaults = new TrainingOptions();
        Option<string> data = new("--data") { Description = "the loans", DefaultValueFactory = _ => defaults.Data };
        Option<long> seed = new("--seed") { Description = "decides which loans are held out; another seed gives another model", DefaultValueFactory = _ => defaults.Seed };
        Option<Variant> variant = new("--variant") { Description = "good, better, broken (subtly wrong export) or incomplete (logged carelessly)" };
        Option<string> experiment = new("--experiment") { Description = "the experiment to log to", DefaultValueFactory = _ => defaults.Experiment };
        Option<string?> folder = new("--out") { Description = "a folder for heldout.csv and parity.csv, and with --offline the model" };
        Option<string?> repository = new("--repo") { Description = "the work tree of the training code (default: the current folder)" };
        Option<string?> server = new("--server") { Description = "the server (default: ASSAY_URL, MLFLOW_TRACKING_URI, http://127.0.0.1:5000)" };
        Option<string?> token = new("--token") { Description = "a bearer token (default: ASSAY_TOKEN, MLFLOW_TRACKING_TOKEN)" };
        Option<bool> offline = new("--offline") { Description = "log nothing; write the model folder to --out" };
        Option<bool> json = new("--json") { Description = "print one JSON document" };
        var root = new RootCommand("Trains a model of credit risk and logs it over MLflow's protocol.") { data, seed, variant, experiment, folder, repository, server, token, offline, json };
        var parsed = root.Parse(arguments);
        root.SetAction((said, stop) => new TrainingProgram(new()
        {
            Data = said.GetValue(data)!,
            Seed = said.GetValue(seed),
            Variant = said.GetValue(variant),
            Experiment = said.GetValue(experiment)!,
            Out = said.GetValue(folder),
            Repository = said.GetValue(repository),
            Server = said.GetValue(server),
            Token = said.GetValue(token),
            Offline = said.GetValue(offline),
            Json = said.GetValue(json),
        }, output, errors).RunAsync(stop));
        var code = await parsed.InvokeAsync(new() { Output = output, Error = errors }, ct);
        return parsed.Errors.Count > 0 ? 2 : code;
    }
}
