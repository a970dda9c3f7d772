using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client.Api;
using Assay.Client.Pulling;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Evaluation;
using Assay.Evaluation.Reports;
using Assay.Evaluation.Runners;
using Assay.Plots.Reports;

namespace Assay.Cli.Measuring;

/// <summary>What is to be measured, with what, and where the report goes.</summary>
internal sealed record MeasurementWish(string Model, string Key, IReadOnlyList<string> Suites, string? Against, string? Folder, string? Summary = null)
{
    /// <summary>How it is scored.</summary>
    public RunnerChoice Runner { get; init; } = RunnerChoice.Onnx;
}

/// <summary>
/// Measures a version: its files are downloaded by digest and checked, scored in a limited child process, and what was found is posted as
/// evidence. Measures and never judges: admission is the registry's gate.
/// </summary>
internal sealed class Measurement(Call call)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Measures, posts, prints, writes the report. Returns the exit code: 0 all well, 1 an expectation failed, 2 something could not be measured.</summary>
    public async Task<int> Run(MeasurementWish wish, CancellationToken ct)
    {
        var scratch = Directory.CreateTempSubdirectory("assay-evaluate-").FullName;
        try
        {
            var download = new VersionDownload(call.Api);
            var bundle = await download.Bundle(wish.Model, wish.Key, null, null, ct);
            var digest = bundle.Digest ?? throw new WrongUseException($"{wish.Model}/{wish.Key} has no digest yet: its run is still running.", "Measure it once the run has ended.");
            await download.Write(bundle, Path.Combine(scratch, "version"), ct);
            var options = (await Options(wish, download, scratch, ct)) with { Runner = wish.Runner, Digest = digest };
            var outcome = await Measure(wish, Path.Combine(scratch, "version", "model"), options, ct);
            var pieces = EvaluationReport.Pieces(outcome);
            if (wish.Folder is { } folder)   // before anything is sent: what was measured is not lost where the registry does not answer
                await EvaluationReport.Write(outcome, new(bundle.Model, "", digest), pieces, null, folder, ct);
            var receipts = await Post(bundle.Model, digest, outcome, ct);
            var version = await Settled(bundle.Model, digest, outcome, ct);
            await Report(wish, outcome, new(bundle.Model, version.Whole("version") is { } number ? $"v{number}" : "", digest), pieces, receipts, ct);
            Tell(bundle.Model, digest, outcome, receipts, version, wish.Folder);
            await HeldoutUses.Tell(call, outcome, ct);
            return outcome.ExitCode;
        }
        catch (DamagedDownloadException e)
        {
            call.Out.Refusal(new(RefusalKind.Invalid, "damaged-download", e.Message));
            return ExitCode.Error;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    async Task<EvaluationOptions> Options(MeasurementWish wish, VersionDownload download, string scratch, CancellationToken ct)
    {
        var options = new EvaluationOptions { Model = wish.Model, Sources = DataPlaces.Of(call, new StageNotes(call.Out)) };
        if (wish.Against is null)
            return options;
        var (model, key) = wish.Against == "champion" ? (wish.Model, (await call.Api.Get(ApiPath.Of("models", wish.Model), ct)).Text("champion")) : await call.Resolve(wish.Against, ct);
        if (key is null)
        {
            call.Out.Note($"{wish.Model} has no champion yet: measured without a comparison.");
            return options;
        }
        var bundle = await download.Bundle(model, key, null, null, ct);
        await download.Write(bundle, Path.Combine(scratch, "against"), ct);
        return options with { Against = Path.Combine(scratch, "against", "model"), AgainstDigest = bundle.Digest };
    }

    async Task<EvaluationOutcome> Measure(MeasurementWish wish, string folder, EvaluationOptions options, CancellationToken ct)
    {
        var evaluator = new Evaluator(TimeProvider.System);
        List<EvaluationOutcome> parts = [];
        foreach (var suite in wish.Suites)
        {
            var part = await evaluator.Run(folder, suite, options with { Evaluator = await EvaluatorOrigin.Of(suite, ct) }, new StageNotes(call.Out), ct);
            parts.Add(part.Refusal is { } refusal ? throw new WrongUseException(refusal.Message, refusal.Mend, refusal.Field) : part.Value);
        }
        return EvaluationOutcome.Of(parts);
    }

    async Task<JsonArray> Post(string model, Digest digest, EvaluationOutcome outcome, CancellationToken ct)
    {
        JsonArray receipts = [];
        foreach (var predicate in outcome.Predicates)
        {
            var statement = Statement.About(model, digest, Statement.Evaluation, (JsonObject)predicate.Json.DeepClone());
            receipts.Add(await call.Api.Post(ApiPath.Of("models", model, "versions", digest.ToString(), "evidence"), statement, ct));
        }
        return receipts;
    }

    /// <summary>The registry tries admission again by itself once it has the evidence; that takes a moment.</summary>
    async Task<JsonNode> Settled(string model, Digest digest, EvaluationOutcome outcome, CancellationToken ct)
    {
        var path = ApiPath.Of("models", model, "versions", digest.ToString());
        var version = await call.Api.Get(path, ct);
        var decides = outcome.Predicates.Any(p => p.Kind == "invariants") && !outcome.Errored;
        var clock = TimeProvider.System;
        for (var began = clock.GetTimestamp(); decides && version.Text("status") == "candidate" && clock.GetElapsedTime(began) < Patience;)
        {
            await Task.Delay(Pause, clock, ct);
            version = await call.Api.Get(path, ct);
        }
        return version;
    }

    /// <summary>Writes the report again, with what the registry knows of it now, and adds the summary to what CI shows.</summary>
    async Task Report(MeasurementWish wish, EvaluationOutcome outcome, ReportHead head, IReadOnlyList<ReportPiece> pieces, JsonArray receipts, CancellationToken ct)
    {
        ReportPiece[] recorded = [.. pieces.Zip(receipts, (piece, receipt) => piece with { Id = Digest.TryParse(receipt.Text("digest"), out var id) ? id : null, By = receipt.Text("by") })];
        var link = new Uri(call.Api.Server, ApiPath.Of("models", head.Model, "versions", head.Version.Length > 0 ? head.Version[1..] : head.Digest!.ToString()!));
        if (wish.Folder is { } folder)
            await EvaluationReport.Write(outcome, head, recorded, link, folder, ct);
        if (wish.Summary is { } file)
            await File.AppendAllTextAsync(file, MarkdownSummary.Of(head, recorded, link) + "\n", ct);
    }

    void Tell(string model, Digest digest, EvaluationOutcome outcome, JsonArray receipts, JsonNode version, string? folder)
    {
        var document = outcome.ToJson();
        document["model"] = model;
        document["digest"] = digest.ToString();
        document["version"] = version["version"]?.DeepClone();
        document["status"] = version["status"]?.DeepClone();
        document["gaps"] = version["gaps"]?.DeepClone() ?? new JsonArray();
        document["evidence"] = receipts;
        call.Out.Document(document);
        if (!call.Out.Json)
            OutcomeTable.Print(call.Out, outcome);
        foreach (var message in outcome.Messages)
            call.Out.Note(message);
        foreach (var receipt in receipts)
            call.Out.Line($"evidence {Words.Short(receipt.Text("digest"))}: {receipt.Text("kind")}, {receipt.Text("summary")}");
        if (folder is not null)
            call.Out.Line($"report   {Path.Combine(folder, "report.html")}");
        call.Out.Line($"{model}@{digest}");
        call.Out.Line($"{model}/{version.Whole("version")} is {version.Text("status")}{(version.Text("reason") is { Length: > 0 } reason ? $": {reason}" : "")}");
    }
}
