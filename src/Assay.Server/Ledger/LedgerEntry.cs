using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Identity;

namespace Assay.Server.Ledger;

/// <summary>What an entry is about; every field may be absent.</summary>
public sealed record LedgerSubject(string? Model = null, Digest? Digest = null, string? RunId = null, string? Environment = null, string? Slot = null);

/// <summary>
/// One entry before it is numbered (interfaces §8). <paramref name="Action"/> is <c>noun.verb</c> in the past tense, <paramref name="Outcome"/>
/// is <c>allowed</c> or <c>refused</c>; <paramref name="Detail"/> holds facts, never secrets.
/// </summary>
public sealed record LedgerEntry(Principal Actor, string Action, string Outcome, LedgerSubject Subject, JsonObject Detail)
{
    /// <summary>The canonical bytes that are hashed and kept.</summary>
    public byte[] Bytes(string id, DateTimeOffset time)
    {
        var subject = new JsonObject();
        Put("model", Subject.Model);
        Put("digest", Subject.Digest?.ToString());
        Put("run_id", Subject.RunId);
        Put("environment", Subject.Environment);
        Put("slot", Subject.Slot);
        return CanonicalJson.Bytes(new JsonObject
        {
            ["id"] = id,
            ["time"] = time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            ["actor"] = Who(),
            ["action"] = Action,
            ["outcome"] = Outcome,
            ["subject"] = subject,
            ["detail"] = Detail.DeepClone(),
        });

        void Put(string name, string? value)
        {
            if (value is not null)
                subject[name] = value;
        }
    }

    /// <summary>The principal, and by its public id the credential that proved it: which of somebody's tokens was it? Never the secret.</summary>
    JsonObject Who()
    {
        var who = new JsonObject { ["kind"] = Actor.Kind.ToString().ToLowerInvariant(), ["id"] = Actor.Id, ["verified"] = Actor.Verified };
        if (Actor.Credential is { } credential)
            who["credential"] = credential;
        if (Actor.Job is { } job)
            who["job"] = job;
        return who;
    }
}
