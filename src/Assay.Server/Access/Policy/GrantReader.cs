using Assay.Contracts.Documents;
using Assay.Server.Identity;

namespace Assay.Server.Access.Policy;

/// <summary>Reads <c>may:</c>, what somebody is granted.</summary>
static class GrantReader
{
    public static IReadOnlyList<Grant> Read(YamlMap owner, PrincipalKind kind)
    {
        List<Grant> grants = [.. owner.Maps("may").Select(m => One(m, kind))];
        if (grants.Count == 0)
            owner.Wrong("may", "nothing is granted; list roles, such as may: [{role: viewer}]");
        return grants;
    }

    /// <summary>All that a grant says, in one line: what differs in it is another grant.</summary>
    public static string Text(Grant g) => string.Join('|', [g.Role, "e", .. g.Experiments, "m", .. g.Models, "t", .. g.Tiers, "v", .. g.Environments, "k", .. g.Kinds]);

    static Grant One(YamlMap map, PrincipalKind kind)
    {
        map.Only("role", "experiments", "models", "tiers", "environments", "kinds");
        var role = map.Text("role");
        var grant = new Grant(role)
        {
            Experiments = map.Texts("experiments"),
            Models = map.Texts("models"),
            Tiers = map.Texts("tiers"),
            Environments = map.Texts("environments"),
            Kinds = map.Texts("kinds"),
        };
        if (role.Length > 0 && (!Roles.All.Contains(grant.RoleKind) || grant.RoleKind == "approver" != role.Contains(':', StringComparison.Ordinal)))
            map.Wrong("role", $"'{role}' is no role; wanted {string.Join(", ", Roles.All.Select(r => r == "approver" ? "approver:WHAT" : r))}{(Nearest.To(grant.RoleKind, Roles.All) is { } near && near != grant.RoleKind ? $"; is '{near}' meant?" : "")}");
        foreach (var key in (string[])["experiments", "models", "tiers", "environments", "kinds"])
            if (map.Has(key) && map.Texts(key).Count == 0)
                map.Wrong(key, $"{key} is empty, which would look like nothing and mean everything; leave it out, or name something");
        // What the kind forbids must not look granted.
        if (kind is PrincipalKind.Person && role is "evaluator" or "submitter" && grant.Models.Count == 0)
            map.Wrong("models", $"people push only where a model says push: anyone, and never attach machine evidence; name the models for which a person is {role}");
        if (kind is PrincipalKind.Workload && grant.RoleKind is "approver" or "on-call" or "admin")
            map.Wrong("role", $"a workload is never {role}: people decide");
        if (kind is PrincipalKind.Agent && (role != "reporter" || grant.Environments.Count != 1))
            map.Wrong("role", "an agent is reporter for one environment, and nothing else");
        return grant;
    }
}
