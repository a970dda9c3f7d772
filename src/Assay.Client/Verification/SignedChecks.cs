using System.Text.Json.Nodes;
using Assay.Client.Api;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Client.Verification;

/// <summary>
/// Is it approved: the promotion and the verdict signed by a trusted key, about this digest, environment, model and slot, and not expired; the
/// evidence that the verdict rests on there and whole?
/// </summary>
static class SignedChecks
{
    public static IEnumerable<Check> Of(Bundle bundle, Digest digest, Expectation expected, Trust trust, DateTimeOffset now)
    {
        if (expected.Environment is not { } environment)
            return [];
        var resource = $"assay://{environment}/{bundle.Model}/{expected.Slot}";
        return [.. Promotion(bundle, digest, environment, expected.Slot, trust, now), .. Verdict(bundle, digest, resource, trust), Evidence(bundle, digest, trust)];
    }

    static IEnumerable<Check> Promotion(Bundle bundle, Digest digest, string environment, string slot, Trust trust, DateTimeOffset now)
    {
        if (Opened("promotion", bundle.Promotion, Statement.Promotion, digest, trust, out var said) is { } failure)
            return [failure];
        var predicate = said.Map("predicate");
        var place = (predicate.Text("environment"), predicate.Text("model"), predicate.Text("slot"));
        var notAfter = predicate.Time("not_after");
        var verdict = bundle.Verdict is { } envelope ? Digest.Of(Payload(envelope)).Hex : null;
        var bound = verdict is not null && predicate.Map("verdict").Text("sha256") == verdict;
        return
        [
            new("promotion", place == (environment, bundle.Model, slot), place == (environment, bundle.Model, slot) ? $"approves it for {environment}/{bundle.Model}/{slot}" : $"is for {place.Item1}/{place.Item2}/{place.Item3}, wanted {environment}/{bundle.Model}/{slot}"),
            new("not after", notAfter > now, notAfter is null ? "the promotion does not say how long it holds" : notAfter > now ? $"holds until {notAfter:u}" : $"the promotion expired at {notAfter:u}"),
            new("verdict of the promotion", bound, bound ? "is the one in the bundle" : "is not the one in the bundle"),
        ];
    }

    static IEnumerable<Check> Verdict(Bundle bundle, Digest digest, string resource, Trust trust)
    {
        if (Opened("verdict", bundle.Verdict, Statement.VerificationSummary, digest, trust, out var said) is { } failure)
            return [failure];
        var predicate = said.Map("predicate");
        var passed = predicate.Text("verificationResult") == "PASSED";
        var here = predicate.Text("resourceUri") == resource;
        return [new("verdict", passed && here, !here ? $"is about {predicate.Text("resourceUri")}, wanted {resource}" : passed ? predicate.Text("assay_verdict") ?? "passed" : $"is {predicate.Text("assay_verdict") ?? "not passed"}")];
    }

    /// <summary>Evidence by a producer's own key is believed because the verdict, which a trusted key signed, names its digest.</summary>
    static Check Evidence(Bundle bundle, Digest digest, Trust trust)
    {
        var named = bundle.Verdict is { } verdict && FolderChecks.Parsed(Payload(verdict)).Map("predicate") is { } predicate
            ? predicate.Maps("inputAttestations").Select(a => a.Map("digest").Text("sha256")).OfType<string>().ToHashSet() : [];
        List<string> wrong = [];
        HashSet<string> there = [];
        foreach (var envelope in bundle.Evidence)
        {
            var payload = Payload(envelope);
            var hex = Digest.Of(payload).Hex;
            there.Add(hex);
            if (!named.Contains(hex) && envelope.SignedBy(trust.Keys) is null)
                wrong.Add($"{hex[..12]} is signed by no trusted key and no verdict names it");
            if (FolderChecks.Parsed(payload) is not { } statement || !Statement.Subjects(statement).Contains(digest))
                wrong.Add($"{hex[..12]} is about another version");
        }
        wrong.AddRange(named.Where(n => !there.Contains(n)).Select(n => $"{n[..Math.Min(12, n.Length)]}, on which the verdict rests, is not there"));
        return new("evidence", wrong.Count == 0, wrong.Count == 0 ? $"{there.Count} statements, the {named.Count} of the verdict among them" : string.Join("; ", wrong));
    }

    /// <summary>Opens a signed statement about the digest, or says what is wrong with it.</summary>
    static Check? Opened(string name, DsseEnvelope? envelope, string type, Digest digest, Trust trust, out JsonObject? statement)
    {
        statement = null;
        if (envelope is null)
            return new(name, false, $"there is no {name} in the bundle");
        if (envelope.PayloadType != DsseEnvelope.InToto || envelope.SignedBy(trust.Keys) is null)
            return new(name, false, $"the {name} is not signed by a trusted key ({string.Join(", ", trust.Keys.Select(k => k.Id))})");
        statement = FolderChecks.Parsed(Payload(envelope));
        if (statement.Text("_type") != Statement.Type || statement.Text("predicateType") != type)
            return new(name, false, $"the {name} is a statement of another type ({statement.Text("predicateType") ?? "none"})");
        return Statement.Subjects(statement!) is [var only] && only == digest ? null : new(name, false, $"the {name} is about another version");
    }

    static byte[] Payload(DsseEnvelope envelope)
    {
        try
        {
            return envelope.PayloadBytes();
        }
        catch (FormatException)
        {
            return [];
        }
    }
}
