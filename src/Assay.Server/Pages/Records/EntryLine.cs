using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Ledger;
using Assay.Server.Pages.Parts;

namespace Assay.Server.Pages.Records;

/// <summary>One ledger entry as pages show it, read from the bytes that were hashed.</summary>
/// <param name="Seq">Its number; null while the sequencer has not come by.</param>
/// <param name="Id">Its id.</param>
/// <param name="At">When.</param>
/// <param name="Action">What, <c>noun.verb</c>.</param>
/// <param name="Refused">It was tried and refused.</param>
/// <param name="Actor">Who.</param>
/// <param name="Verified">Was the identity proven?</param>
/// <param name="Person">A person, or a program.</param>
/// <param name="Model">The model it is about.</param>
/// <param name="Digest">The version it is about.</param>
/// <param name="About">The rest of what it is about, in words.</param>
public sealed record EntryLine(long? Seq, string Id, DateTimeOffset At, string Action, bool Refused, string Actor, bool Verified, bool Person, string? Model, Digest? Digest, string About)
{
    const int MostFacts = 3;

    static readonly string[] First = ["verdict", "what", "reason", "comment", "number", "version", "kind", "alias", "stage", "level", "source"];
    static readonly string[] Machine = ["keyid", "request", "promotion", "report", "statement", "not_after", "entry", "id", "seq", "epoch"];

    /// <summary>Reads an entry.</summary>
    public static EntryLine Of(StoredEntry entry, IReadOnlyList<LedgerText>? texts = null)
    {
        var body = LedgerTexts.WithWords((JsonObject)JsonNode.Parse(entry.Body)!, texts ?? []);
        var actor = body["actor"];
        return new(entry.Seq, entry.Id, DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMs), entry.Action, entry.Outcome == "refused", (string?)actor?["id"] ?? entry.Actor,
            (bool?)actor?["verified"] ?? false, (string?)actor?["kind"] is "person" or "local", entry.Model, entry.Digest, Words(body));
    }

    /// <summary>Is it something that was decided, rather than measured, reported or judged by a machine on the way?</summary>
    public bool Decision => Refused || (Action is not "promotion.requested" && Action.Split('.')[0] is "version" or "promotion" or "environment" or "policy" or "profile" or "model" or "access") || Action.Contains("roll", StringComparison.Ordinal) || Action.Contains("recall", StringComparison.Ordinal);

    /// <summary>The mark beside it in a timeline.</summary>
    public Standing Standing => (Refused, Action) switch
    {
        (true, _) => Standing.Failed.As("refused"),
        (_, var action) when action.Contains("reject", StringComparison.Ordinal) || action.Contains("drift", StringComparison.Ordinal) || action.Contains("recall", StringComparison.Ordinal) => Standing.Failed,
        (_, var action) when action.Contains("rolled", StringComparison.Ordinal) || action.Contains("rollback", StringComparison.Ordinal) => Standing.RolledBack,
        (_, "promotion.requested") => Standing.Waiting,
        (_, var action) when action.Contains("admitted", StringComparison.Ordinal) || action.Contains("approv", StringComparison.Ordinal) || action.Contains("promot", StringComparison.Ordinal) => Standing.Passed,
        _ => Standing.Superseded,
    };

    /// <summary>The address of its page.</summary>
    public string Address => $"/ledger/{Id}";

    /// <summary>The entry on a timeline.</summary>
    public Moment AsMoment => new(At, Standing, Refused ? $"{Spoken} refused" : Spoken, string.Join(" · ", new[] { Model is { } model && Digest is { } digest ? $"{model} {digest.Short}" : Model, About.Length > 0 ? About : null, $"by {Actor}{(Verified ? "" : " (unverified)")}" }.Where(text => text is not null)), Address);

    /// <summary>The action as people say it: <c>version admitted</c>.</summary>
    string Spoken => char.ToUpperInvariant(Action[0]) + Action[1..].Replace('.', ' ').Replace('-', ' ');

    static string Words(JsonNode body)
    {
        var subject = body["subject"];
        var said = new List<string>();
        if ((string?)subject?["environment"] is { } environment)
            said.Add($"in {environment}" + ((string?)subject["slot"] is { } slot && slot != "primary" ? $" {slot}" : ""));
        if ((string?)subject?["run_id"] is { } run)
            said.Add($"run {run[..Math.Min(12, run.Length)]}");
        if (body["detail"] is JsonObject detail)
            said.AddRange(Telling(detail).Take(MostFacts).Select(fact => $"{fact.Key.Replace('_', ' ')} {Cut(Shortened.Of(fact.Value!.ToString()))}"));
        return string.Join(" · ", said);
    }

    /// <summary>The facts that tell people something: what only machines compare stands on the entry's own page.</summary>
    static IEnumerable<KeyValuePair<string, JsonNode?>> Telling(JsonObject detail) => detail
        .Where(fact => fact.Value is JsonValue value && !Machine.Contains(fact.Key) && !Contracts.Digest.TryParse(value.ToString(), out _) && value.ToString().Length > 0)
        .OrderBy(fact => Array.IndexOf(First, fact.Key) is var rank && rank < 0 ? First.Length : rank);

    static string Cut(string text) => text.Length <= 90 ? text : text[..89] + "…";
}
