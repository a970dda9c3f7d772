using Assay.Contracts;
using Assay.Contracts.Documents;

namespace Assay.Server.Policies;

/// <summary>Reads a <c>kind: Policy</c> document, or says all that is wrong with it, with line and column.</summary>
public static class PolicyDocument
{
    /// <summary>The policy of a text; <paramref name="source"/> is what the text is called in messages.</summary>
    public static Result<Policy> Read(string yaml, string source)
    {
        var parsed = YamlDocument.Parse(yaml, source, "Policy");
        if (!parsed.Ok)
            return parsed.Refusal!;
        var root = parsed.Value.Root.Only("apiVersion", "kind", "metadata", "match", "require", "approvals", "valid_for", "rollback", "freeze", "when");
        if (root.Has("when"))
            root.Wrong("when", "conditions ('when') are not judged by this version, and a condition that is not judged must not look like one that is; write rules with thresholds");
        var name = root.Map("metadata").Only("name", "labels", "description").Text("name");
        if (name.Length > 0 && !PolicyNames.Valid(name))
            root.Map("metadata").Wrong("name", $"metadata.name is '{name}'; wanted 1 to 100 letters, digits, '-', '_' or '.'");
        var match = Match(root);
        List<Requirement> require = [.. root.Maps("require").Select(RequirementReader.Read)];
        IReadOnlyList<ApprovalRule> approvals = root.Has("approvals") ? [.. root.Maps("approvals").Select(Approval)] : BuiltInPolicies.OneApproval;
        if (match.Environment == PolicyMatch.Admission)
            approvals = NoPeople(root, approvals);
        var policy = new Policy(name, match, require, approvals, Validity(root), Roles(root), [.. root.Maps("freeze").Select(FreezeWindow.Read)], [name]);
        if (!require.Exists(r => r.Rules.Any(rule => rule.Severity is Severity.Block)))
            root.Wrong("require", "nothing that decides is required; list evidence with at least one rule that is not a warning: nothing is promoted without evidence");
        return parsed.Value.Refusal is { } refusal ? refusal : policy;
    }

    static PolicyMatch Match(YamlMap root)
    {
        if (root.MapOrNull("match") is not { } match)
        {
            if (!root.Has("match"))
                root.Wrong("match", "'match' is missing; say for which model and environment the policy is, with \"*\" for all");
            return new("*", "*", "*");
        }
        match.Only("model", "environment", "slot", "tier", "labels");
        foreach (var later in (string[])["tier", "labels"])
            if (match.Has(later))
                match.Wrong(later, $"models have no {later} in this version, so the policy would match nothing or everything; match by model");
        var slot = match.TextOrNull("slot") ?? "*";
        if (!Slots.All.Any(s => Glob.Matches(slot, s)))
            match.Wrong("slot", $"match.slot is '{slot}'; wanted {string.Join(", ", Slots.All)} or a pattern of them");
        return new(match.TextOrNull("model") ?? "*", match.TextOrNull("environment") ?? "*", slot);
    }

    static ApprovalRule Approval(YamlMap map)
    {
        map.Only("count", "role", "not");
        var not = map.Texts("not");
        foreach (var unknown in not.Where(n => !ApprovalRule.Involved.Contains(n)))
            map.Wrong("not", $"'{unknown}' is nobody involved; wanted any of {string.Join(", ", ApprovalRule.Involved)}{(Nearest.To(unknown, ApprovalRule.Involved) is { } near ? $"; is '{near}' meant?" : "")}");
        return new((int)(map.Whole("count", 1, 20) ?? 1), map.TextOrNull("role"), not);
    }

    static IReadOnlyList<ApprovalRule> NoPeople(YamlMap root, IReadOnlyList<ApprovalRule> approvals)
    {
        if (approvals.Count > 0 && root.Has("approvals"))
            root.Wrong("approvals", "admission is decided by evidence alone: approvals belong to the environments that versions are promoted to");
        if (root.Has("freeze"))
            root.Wrong("freeze", "admission cannot be frozen: freeze the environments that versions are promoted to");
        return [];
    }

    static TimeSpan Validity(YamlMap root)
    {
        var validity = root.Duration("valid_for") ?? Policy.DefaultValidity;
        if (validity < TimeSpan.FromMinutes(1) || validity > TimeSpan.FromDays(366))
            root.Wrong("valid_for", $"valid_for is {Durations.Text(validity)}; wanted from 1m to 366d");
        return validity;
    }

    static IReadOnlyList<string> Roles(YamlMap root) =>
        root.MapOrNull("rollback")?.Only("roles") is { } rollback && rollback.Texts("roles") is { Count: > 0 } roles ? roles : Policy.DefaultRollbackRoles;
}
