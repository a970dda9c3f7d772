using System.CommandLine;
using System.Text.Json.Nodes;
using Assay.Cli.Measuring;
using Assay.Cli.Surface;

namespace Assay.Cli.Verbs;

/// <summary>Writes a first suite of invariants for a version, for a person to review.</summary>
internal static class SuiteInitVerb
{
    public static Verb Build()
    {
        var version = Arguments.Version();
        var output = new Option<string?>("--output", "-o") { Description = "Write it there instead of to standard output. A file that exists is kept.", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists." };
        return new Verb("init", "Writes a first suite of invariants from the version's input example, its signature and the model's own answers. It passes on that version; a person looks at the lines marked REVIEW and then writes reviewed: true.",
            "assay suite init fraud/1 -o evals/invariants.yaml", "assay suite init fraud@sha256:4f2a… > invariants.yaml")
        { version, output, force }.Runs((call, ct) => Run(call, call.Require(version), call.Get(output), call.Get(force), ct));
    }

    static async Task<int> Run(Call call, string version, string? file, bool force, CancellationToken ct)
    {
        if (file is null && force)
            throw new WrongUseException("--force replaces a file, and none is named.", "Name it with -o FILE, or leave --force out.", "force");
        if (file is not null && !force && File.Exists(file))
            throw new WrongUseException($"{file} exists, and may hold what somebody wrote.", "Name another file, or add --force to replace it.", "output");
        var (model, key) = await call.Resolve(version, ct);
        var (text, subject) = await new FirstSuiteOfVersion(call).Write(model, key, ct);
        if (file is null)
            call.Out.Text.Write(text);
        else
            await Write(file, text, force, ct);
        call.Out.Document(new JsonObject { ["version"] = subject, ["file"] = file, ["reviewed"] = false, ["suite"] = text });
        if (file is not null)
            call.Out.Line($"{file} holds a first suite for {subject}.");
        call.Out.Note($"Read its lines marked REVIEW, then: assay evaluate {version} --suite {file ?? "FILE"}");
        return ExitCode.Done;
    }

    static async Task Write(string file, string text, bool force, CancellationToken ct)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            Directory.CreateDirectory(folder);
        // A file that appeared in the meantime is kept as well.
        await using var stream = new FileStream(file, force ? FileMode.Create : FileMode.CreateNew, FileAccess.Write);
        await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), ct);
    }
}
