using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Documents;

namespace Assay.Server.Policies;

/// <summary>
/// What must be shown before a version may take a slot (interfaces §5). <see cref="Sources"/> names the documents it was put together from.
/// </summary>
public sealed record Policy(string Name, PolicyMatch Match, IReadOnlyList<Requirement> Require, IReadOnlyList<ApprovalRule> Approvals,
    TimeSpan ValidFor, IReadOnlyList<string> RollbackRoles, IReadOnlyList<FreezeWindow> Freeze, IReadOnlyList<string> Sources)
{
    /// <summary>How long a verdict is good for when a policy does not say.</summary>
    public static readonly TimeSpan DefaultValidity = TimeSpan.FromDays(7);

    /// <summary>Who may roll back when a policy does not say.</summary>
    public static readonly IReadOnlyList<string> DefaultRollbackRoles = ["on-call", "operator"];

    /// <summary>The digest over the canonical JSON of the effective policy.</summary>
    public Digest Digest => CanonicalJson.DigestOf(ToJson());

    /// <summary>The effective policy.</summary>
    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["match"] = new JsonObject { ["model"] = Match.Model, ["environment"] = Match.Environment, ["slot"] = Match.Slot },
        ["require"] = new JsonArray([.. Require.Select(r => r.ToJson())]),
        ["approvals"] = new JsonArray([.. Approvals.Select(a => a.ToJson())]),
        ["valid_for"] = Durations.Text(ValidFor),
        ["rollback"] = new JsonObject { ["roles"] = Words(RollbackRoles) },
        ["freeze"] = new JsonArray([.. Freeze.Select(f => new JsonObject { ["from"] = f.From, ["to"] = f.To, ["zone"] = f.Zone })]),
    };

    internal static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(w => JsonValue.Create(w))]);
}

/// <summary>Which slots a policy is for: globs; an exact name beats every pattern, more letters beat fewer.</summary>
public sealed record PolicyMatch(string Model, string Environment, string Slot)
{
    /// <summary>The admission gate's environment: only a policy that names it exactly is for it, or a glob for all environments would stop admission unawares.</summary>
    public const string Admission = "registry";

    /// <summary>Is it for this slot?</summary>
    public bool Fits(string model, string environment, string slot) =>
        Glob.Matches(Model, model) && Glob.Matches(Slot, slot) && (environment == Admission ? Environment == Admission : Glob.Matches(Environment, environment));

    /// <summary>How specific: the model first, then the environment, then the slot.</summary>
    public (int, int, int) Weight => (Glob.Weight(Model), Glob.Weight(Environment), Glob.Weight(Slot));
}

/// <summary>Evidence of one kind that must be there, on which data, how fresh, from whom, and what it must show.</summary>
public sealed record Requirement(string Evidence, string? Role, Digest? Data, string? Suite, TimeSpan? MaxAge, long? MinRows, IReadOnlyList<string> From, IReadOnlyList<Rule> Rules)
{
    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["evidence"] = Evidence };
        if (Role is not null || Data is not null)
            json["data"] = Data is { } data ? new JsonObject { ["digest"] = data.ToString() } : new JsonObject { ["role"] = Role };
        if (Role is not null && Data is not null)
            json["data"]!["role"] = Role;
        if (Suite is not null)
            json["suite"] = Suite;
        if (MaxAge is { } age)
            json["max_age"] = Durations.Text(age);
        if (MinRows is { } rows)
            json["min_rows"] = rows;
        if (From.Count > 0)
            json["from"] = Policy.Words(From);
        json["rules"] = new JsonArray([.. Rules.Select(r => r.ToJson())]);
        return json;
    }
}

/// <summary>How many people must approve, in which role, and who of the involved may not.</summary>
public sealed record ApprovalRule(int Count, string? Role, IReadOnlyList<string> Not)
{
    /// <summary>Whom a rule may leave out.</summary>
    public static readonly IReadOnlyList<string> Involved = ["trainer", "submitter", "evaluator"];

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["count"] = Count, ["not"] = Policy.Words(Not) };
        if (Role is not null)
            json["role"] = Role;
        return json;
    }
}
