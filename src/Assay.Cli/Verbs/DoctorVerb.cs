using System.Text.Json.Nodes;
using Assay.Cli.Surface;
using Assay.Client;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Checks the installation and says what is wrong.</summary>
internal static class DoctorVerb
{
    static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(30);

    sealed record Finding(string Name, bool Ok, string Text);

    public static Verb Build() => new Verb("doctor", "Checks the installation: the registry, its storage and ledger, the clocks, git. Exit 1 when something is wrong, and it says what to do.", "assay doctor --server http://registry:5000").Runs(async (call, ct) =>
    {
        List<Finding> findings = [await Registry(call, ct), await Git(ct), Scratch()];
        if (findings[0].Ok)
            findings.InsertRange(1, [await Identity(call, ct), await Storage(call, ct), await Clock(call, ct), await LedgerHead(call, ct)]);
        call.Out.Document(new JsonObject { ["ok"] = findings.TrueForAll(f => f.Ok), ["checks"] = new JsonArray([.. findings.Select(f => new JsonObject { ["name"] = f.Name, ["ok"] = f.Ok, ["text"] = f.Text })]) });
        call.Out.Line(Words.Columns(findings.Select(f => (IReadOnlyList<string>)[f.Ok ? "ok" : "WRONG", f.Name, f.Text])));
        return findings.TrueForAll(f => f.Ok) ? ExitCode.Done : ExitCode.Negative;
    });

    static Task<Finding> Registry(Call call, CancellationToken ct) => Asked("registry", async () =>
    {
        var who = await call.Api.Get("whoami", ct);
        return $"{call.Api.Server} answers, and takes you for {who.Text("principal")}{(who.Truth("verified") ? "" : " (unverified)")}";
    });

    /// <summary>Is anybody proven here, and what is the credential worth?</summary>
    static Task<Finding> Identity(Call call, CancellationToken ct) => Asked("identity", async () =>
    {
        var who = await call.Api.Get("whoami", ct);
        return who.Text("kind") == "local" ? "local mode: nobody is proven, and every decision is marked so; configure it with --access FILE before others use this registry"
            : $"an access policy is in force; {who.Text("credential")} works and holds {(who.Texts("roles") is { Count: > 0 } roles ? string.Join(", ", roles) : "no role: an administrator can grant one")}";
    });

    static async Task<Finding> Storage(Call call, CancellationToken ct)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(call.Api.Server, "readyz"), ct);
        var state = JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct));
        return new("storage", state.Text("status") == "ready", $"{state.Text("storage")}; {state.Text("artifacts")}; {state.Text("status")}");
    }

    static async Task<Finding> Clock(Call call, CancellationToken ct)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(call.Api.Server, "health"), ct);
        var skew = (answer.Headers.Date is { } theirs ? TimeProvider.System.GetUtcNow() - theirs : TimeSpan.Zero).Duration();
        return new("clock", skew < MostSkew, skew < MostSkew ? "agrees with the registry's" : $"differs from the registry's by {skew.TotalSeconds:0} s: set both by NTP, or ages and expiries will be wrong");
    }

    static Task<Finding> LedgerHead(Call call, CancellationToken ct) => Asked("ledger", async () =>
    {
        var lines = (await call.Api.GetText("ledger/checkpoint", ct)).Split('\n');
        return $"{lines[0]} has {lines.ElementAtOrDefault(1)} signed entries; assay ledger verify checks them all";
    });

    static async Task<Finding> Git(CancellationToken ct)
    {
        var context = await RunContext.CaptureAsync(ct: ct);
        return new("git", true, context.Unknown.Count == 0 ? "knows commit, clean tree and repository here" : $"here {string.Join("; ", context.Unknown)} (only matters where training runs)");
    }

    static Finding Scratch()
    {
        try
        {
            var file = Path.GetTempFileName();
            File.Delete(file);
            return new("scratch", true, $"{Path.GetTempPath()} can be written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("scratch", false, $"{Path.GetTempPath()} cannot be written ({e.Message}): set TMPDIR to a folder that can");
        }
    }

    static async Task<Finding> Asked(string name, Func<Task<string>> ask)
    {
        try
        {
            return new(name, true, await ask());
        }
        catch (ApiUnreachableException e)
        {
            return new(name, false, e.Message);
        }
        catch (ApiRefusalException e)
        {
            // A new ledger has no head yet: nothing is wrong with that.
            return new(name, e.Refusal.Code == "ledger-empty", $"{e.Refusal.Message} {e.Refusal.Mend}");
        }
    }
}
