using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Tests.Builders;

/// <summary>What evaluators, policy owners and approvers do, over the wire.</summary>
static class Judging
{
    public static JsonObject Statement(string digest, JsonObject predicate) => Contracts.Evidence.Statement.About("fraud", Digest.Parse(digest), Contracts.Evidence.Statement.Evaluation, predicate);

    public static JsonObject Sha(string hex) => new() { ["sha256"] = hex };

    /// <summary>Held-out evidence: a point, its interval, its rows.</summary>
    public static JsonObject Heldout(double? value, double? low, double? high, long rows = 5000, string role = "heldout", string? error = null, string kind = "heldout", string suite = "bar")
    {
        var metric = new JsonObject { ["name"] = "auc", ["value"] = value, ["direction"] = "higher", ["n"] = rows, ["ci"] = new JsonObject { ["level"] = 0.95, ["low"] = low, ["high"] = high, ["method"] = "delong" } };
        if (error is not null)
            metric["error"] = error;
        return new()
        {
            ["kind"] = kind,
            ["suite"] = new JsonObject { ["name"] = suite, ["digest"] = Sha(new('0', 64)) },
            ["dataset"] = new JsonObject { ["uri"] = "data/heldout.csv", ["digest"] = Sha(new('1', 64)), ["role"] = role, ["rows"] = rows },
            ["metrics"] = new JsonArray(metric),
        };
    }

    public static JsonObject Invariants(bool ok = true, string suite = "bar") => new()
    {
        ["kind"] = "invariants",
        ["suite"] = new JsonObject { ["name"] = suite, ["digest"] = Sha(new('3', 64)) },
        ["probes"] = new JsonArray(new JsonObject { ["id"] = "p1", ["input"] = new JsonObject { ["digest"] = Sha(new('4', 64)) }, ["expected"] = new JsonObject { ["min"] = 0, ["max"] = 1 }, ["actual"] = ok ? 0.5 : 1.5, ["ok"] = ok }),
    };

    public static Task<Answer> Attach(this Given given, SealedVersion version, JsonObject predicate, string? actor = null, string? about = null) =>
        given.Api(HttpMethod.Post, $"models/{version.Model}/versions/{version.Digest}/evidence", Statement(about ?? version.Digest, predicate), actor: actor);

    public static async Task<Answer> AttachEnvelope(this Given given, SealedVersion version, DsseEnvelope envelope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/assay/v1/models/{version.Model}/versions/{version.Digest}/evidence") { Content = new StringContent(envelope.ToJson().ToJsonString()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(DsseEnvelope.MediaType);
        return await given.Send(request);
    }

    /// <summary>A candidate whose invariants hold: admitted as soon as somebody asks.</summary>
    public static async Task<SealedVersion> AMeasured(this Given given, string? model = null)
    {
        var version = await given.ACandidate(model);
        await Given.Ok(given.Attach(version, Invariants()), HttpStatusCode.Created);
        return version;
    }

    /// <summary>Applies a policy for a model's production slot: auc at least 0.80 on held-out rows.</summary>
    public static Task<Answer> APolicy(this Given given, string model, string approvals = "[]", string more = "", string limit = "0.80") => Given.Ok(given.Api(HttpMethod.Put, $"policies/{model}-production", yaml: $$"""
        apiVersion: assay/v1
        kind: Policy
        metadata: {name: {{model}}-production}
        match: {model: {{model}}, environment: production, slot: primary}
        require:
          - evidence: heldout
            role: heldout
            max_age: 30d
            min_rows: 1000
            rules:
              - {metric: auc, at_least: {{limit}}}
        approvals: {{approvals}}
        {{more}}
        """));

    public static Task<Answer> Gate(this Given given, SealedVersion version, string environment = "production") =>
        given.Api(HttpMethod.Post, $"models/{version.Model}/versions/{version.Digest}/gate", new JsonObject { ["environment"] = environment });

    public static Task<Answer> Promote(this Given given, SealedVersion version, string? actor = null, string environment = "production") =>
        given.Api(HttpMethod.Post, "promotions", Wish(version, environment), actor: actor);

    public static Task<Answer> Approve(this Given given, SealedVersion version, string? actor = null, string environment = "production") =>
        given.Api(HttpMethod.Post, "promotions/approvals", Wish(version, environment), actor: actor);

    public static Task<Answer> RollBack(this Given given, string model, string? to = null, string? actor = null, string? reason = "it is slow", string environment = "production") =>
        given.Api(HttpMethod.Post, $"environments/{environment}/models/{model}/rollback", new JsonObject { ["to"] = to, ["reason"] = reason }, actor: actor);

    public static async Task<JsonNode> Slot(this Given given, string model, string environment = "production") =>
        (await Given.Ok(given.Api(HttpMethod.Get, $"environments/{environment}/models/{model}/promotions"))).Json;

    /// <summary>An admitted version that holds the production slot under the built-in policy.</summary>
    public static async Task<SealedVersion> AChampion(this Given given, string model)
    {
        var version = await given.AMeasured(model);
        await Given.Ok(given.Approve(version));
        return version;
    }

    /// <summary>The version's status once the gate has looked at all that it was sent.</summary>
    public static async Task<string> StatusOf(this Given given, SealedVersion version, string wanted)
    {
        for (var i = 0; ; i++)
        {
            var status = (string)(await Given.Ok(given.Api(HttpMethod.Get, $"models/{version.Model}/versions/{version.Digest}"))).Json["status"]!;
            if (status == wanted || i == 5000)
                return status;
        }
    }

    static JsonObject Wish(SealedVersion version, string environment) => new() { ["model"] = version.Model, ["digest"] = version.Digest, ["environment"] = environment, ["comment"] = "because" };
}
