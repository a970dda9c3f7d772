using System.CommandLine;
using System.Net;
using System.Text.Json.Nodes;
using Assay.Agent;
using Assay.Cli.Access;
using Assay.Cli.Surface;
using Assay.Client.Api;

namespace Assay.Cli.Verbs;

/// <summary>Watches what is live and tells the registry.</summary>
internal static class AgentVerb
{
    static readonly Option<string[]> Endpoints = new("--endpoint") { Description = "A model server to ask GET /assay/digest, by the address that its users take (level 5). Repeatable; the --model and --slot after it are its own.", HelpName = "URL" };
    static readonly Option<string[]> Folders = new("--path") { Description = "A folder that assay pull wrote, to hash (level 4). Repeatable; the --model and --slot after it are its own.", HelpName = "DIR" };
    static readonly Option<string[]> Models = new("--model") { Description = "The model of the endpoint or folder before it.", HelpName = "M" };
    static readonly Option<string[]> Slots = new("--slot") { Description = "Its slot; else primary.", HelpName = "S" };

    public static Verb Build()
    {
        var environment = Arguments.Environment();
        var once = new Option<bool>("--once") { Description = "Look once, tell, and end. Exit 1 when something could not be looked at." };
        var source = new Option<string?>("--source") { Description = "This agent's name; two agents must not share one. Default agent/HOST.", HelpName = "NAME" };
        var health = new Option<string>("--health") { Description = "Where /livez and /readyz answer, while it runs.", HelpName = "URL", DefaultValueFactory = _ => "http://127.0.0.1:5091" };
        return new Verb("agent", "Looks at what is live and tells the registry, now and every 30 s. It reads only. What does not answer is told as not known: it grows stale, and stale is unknown, never green.",
            "assay agent --env production --once --endpoint http://scorer:5090 --model fraud",
            "assay agent --env production --endpoint http://a:5090 --model fraud --endpoint http://b:5090 --model churn --slot canary",
            "assay agent --env production --path /srv/fraud --model fraud --slot primary")
        { environment, once, Endpoints, Folders, Models, Slots, source, health }.Runs((call, ct) =>
        {
            var options = new AgentOptions(call.Require(environment), call.Get(source) ?? $"agent/{Dns.GetHostName()}", AgentTargets.Read(call.Words));
            return Looking(call, options, api => call.Get(once) ? Once(call, options, api, ct) : Watch(call, options, api, call.Require(health), ct));
        });
    }

    /// <summary>
    /// The registry with the credential that was given; without one, in a cluster or CI that gives identity tokens, with one that is exchanged for
    /// reporting this environment and renewed as long as it watches.
    /// </summary>
    static async Task<int> Looking(Call call, AgentOptions options, Func<AssayApi, Task<int>> look)
    {
        if (call.Token() is not null || CiTokenSource.Find() is not { } source)
            return await look(call.Api);
        using var login = new CiLogin(call.ServerAddress(), source, TimeProvider.System);
        var tokens = new ExchangedTokens(login, TimeProvider.System);
        using var api = new AssayApi(call.ServerAddress()) { Credential = Secret };
        return await look(api);

        async Task<string?> Secret(CancellationToken ct)
        {
            try
            {
                return await login.Wanted(ct) ? (await tokens.For($"report:{options.Environment}", ct)).Secret : null;
            }
            catch (ExchangeException e)
            {
                throw new ApiUnreachableException($"No credential for report:{options.Environment}: {e.Refusal.Message} {e.Refusal.Mend}", e);
            }
        }
    }

    static async Task<int> Once(Call call, AgentOptions options, AssayApi api, CancellationToken ct)
    {
        using var http = new HttpClient();
        var round = await new Observer(options, api, http, TimeProvider.System).Look(ct);
        call.Out.Document(new JsonObject { ["observation"] = round.Body, ["answer"] = round.Answer, ["problems"] = new JsonArray([.. round.Problems.Select(p => JsonValue.Create(p))]) });
        Tell(call, round);
        return round.Body.Truth("complete") ? ExitCode.Done : ExitCode.Negative;
    }

    static async Task<int> Watch(Call call, AgentOptions options, AssayApi api, string health, CancellationToken ct)
    {
        if (!Uri.TryCreate(health, UriKind.Absolute, out var address))
            throw new WrongUseException($"--health {health} is no address.", "Give a URL such as http://127.0.0.1:5091.", "health");
        using var http = new HttpClient();
        var observer = new Observer(options, api, http, TimeProvider.System);
        using var listener = Listening(address, observer, options);
        call.Out.Note($"{options.Source} watches {options.Targets.Count} targets in {options.Environment} every {options.Heartbeat.TotalSeconds:0} s; health at {address}readyz");
        try
        {
            await Task.WhenAll(listener.Run(ct), observer.Run(round => Tell(call, round), call.Out.Problem, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Asked to stop: that is its ordinary end.
        }
        return ExitCode.Done;
    }

    static HealthListener Listening(Uri address, Observer observer, AgentOptions options)
    {
        try
        {
            return new(address, () => observer.LastTold, options.Heartbeat, TimeProvider.System);
        }
        catch (HttpListenerException e)
        {
            throw new WrongUseException($"The health address {address} cannot be listened on: {e.Message}.", "Give another with --health URL.", "health");
        }
    }

    static void Tell(Call call, Round round)
    {
        foreach (var problem in round.Problems)
            call.Out.Problem(problem);
        foreach (var slot in round.Body.Maps("slots"))
            foreach (var seen in slot.Maps("instances"))
                call.Out.Line($"{slot.Text("model")} in {round.Body.Text("environment")}/{slot.Text("slot")}: {Words.Short(seen.Text("digest"))} (level {seen.Whole("level")}, {(seen.Number("share") ?? 0) * 100:0.#} %)");
        foreach (var change in round.Answer.Maps("changed"))
            call.Out.Note($"{change.Text("what")}: {Words.Short(change.Text("digest"))} in {change.Text("slot")}");
    }
}
