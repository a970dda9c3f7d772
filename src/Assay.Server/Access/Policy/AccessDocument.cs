using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;
using Assay.Server.Identity;

namespace Assay.Server.Access.Policy;

/// <summary>Reads a <c>kind: AccessPolicy</c> document, or says all that is wrong with it, with line and column.</summary>
public static class AccessDocument
{
    /// <summary>The policy of a text; <paramref name="source"/> is what the text is called in messages.</summary>
    public static Result<AccessPolicy> Read(string yaml, string source)
    {
        var parsed = YamlDocument.Parse(yaml, source, "AccessPolicy");
        if (!parsed.Ok)
            return parsed.Refusal!;
        var root = parsed.Value.Root.Only("apiVersion", "kind", "metadata", "audience", "issuers", "sign_in", "workloads", "agents", "people", "keys", "models");
        var name = root.Map("metadata").Only("name", "description").Text("name");
        List<TrustedIssuer> issuers = [.. root.Maps("issuers").Select(Issuer)];
        foreach (var twice in issuers.GroupBy(i => i.Name).Where(g => g.Count() > 1))
            root.Wrong("issuers", $"the issuer name '{twice.Key}' is used twice");
        foreach (var twice in issuers.Where(i => i.Issuer.Length > 0).GroupBy(i => i.Issuer, StringComparer.Ordinal).Where(g => g.Count() > 1))
            root.Wrong("issuers", $"the issuer {twice.Key} stands under {string.Join(" and ", twice.Select(i => $"'{i.Name}'"))}; one name is enough for all its rules");
        List<WorkloadRule> rules = [.. root.Maps("workloads").Select(w => WorkloadReader.Read(w, PrincipalKind.Workload, issuers)), .. root.Maps("agents").Select(a => WorkloadReader.Read(a, PrincipalKind.Agent, issuers))];
        foreach (var twice in rules.GroupBy(r => r.Name).Where(g => g.Count() > 1))
            root.Wrong("workloads", $"the rule name '{twice.Key}' is used twice; workloads and agents share their names");
        var policy = new AccessPolicy(name, Address(root, "audience") ?? new("https://invalid"), Digest.Of(yaml))
        {
            Issuers = issuers,
            SignIn = root.MapOrNull("sign_in") is { } signIn ? SignInOf(signIn) : null,
            Workloads = rules,
            People = [.. root.Maps("people").Select(People)],
            Keys = [.. root.Maps("keys").Select(Key).OfType<ProducerKey>()],
            Models = [.. root.Maps("models").Select(Model)],
        };
        if (policy.SignIn is null && policy.People.Any(p => p.Group is not null))
            root.Wrong("people", "groups come from the provider that people sign in at, but there is no sign_in; add it, or grant to a person by id");
        return parsed.Value.Refusal is { } refusal ? refusal : policy;
    }

    static TrustedIssuer Issuer(YamlMap map)
    {
        map.Only("name", "issuer", "jwks", "ca");
        var issuer = map.Text("issuer");
        Address(map, "issuer");
        return new(map.Text("name"), issuer, FileOf(map, "jwks"), map.TextOrNull("ca"));
    }

    static SignIn SignInOf(YamlMap map)
    {
        map.Only("issuer", "client_id", "client_secret_file", "groups_claim", "id_claim", "ca");
        Address(map, "issuer");
        return new(map.Text("issuer"), map.Text("client_id"), map.TextOrNull("client_secret_file"), map.TextOrNull("groups_claim") ?? "groups", map.TextOrNull("id_claim") ?? "sub", map.TextOrNull("ca"));
    }

    static PeopleRule People(YamlMap map)
    {
        map.Only("group", "person", "may");
        if (map.Has("group") == map.Has("person"))
            map.Wrong("group", "wanted either group (of the sign-in provider) or person (by id)");
        return new(map.TextOrNull("group"), map.TextOrNull("person"), GrantReader.Read(map, PrincipalKind.Person));
    }

    static ProducerKey? Key(YamlMap map)
    {
        map.Only("principal", "public_key", "algorithm");
        map.OneOf("algorithm", "ed25519");
        var principal = map.Text("principal");
        if (VerificationKey.FromBase64(map.Text("public_key")) is { } key)
            return new(principal, key);
        map.Wrong("public_key", $"{map.Path}.public_key is no Ed25519 key; wanted its 32 bytes in base64");
        return null;
    }

    static ModelRule Model(YamlMap map)
    {
        map.Only("match", "push", "origin", "tier");
        var push = map.Has("push") ? map.OneOf("push", "ci-only", "anyone") : "ci-only";
        var origin = map.Has("origin") ? map.OneOf("origin", "proven", "any") : "proven";
        return new(map.Text("match"), push == "ci-only", origin == "proven", map.TextOrNull("tier"));
    }

    /// <summary>An https address; plain http only on loopback, where tests and first tries are.</summary>
    static Uri? Address(YamlMap map, string key)
    {
        var text = map.Text(key);
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
            return uri;
        if (text.Length > 0)
            map.Wrong(key, $"{key} is '{text}'; wanted an https address (http only on loopback)");
        return null;
    }

    static string? FileOf(YamlMap map, string key)
    {
        if (map.TextOrNull(key) is not { } text)
            return null;
        if (text.StartsWith("file:", StringComparison.Ordinal) && text.Length > 5)
            return text["file:".Length..];
        map.Wrong(key, $"{key} is '{text}'; wanted file:/path, a file on the server: where the keys can be fetched, leave it out");
        return null;
    }
}
