namespace Assay.Server.Access.Policy;

/// <summary>What one access policy says otherwise than another, a line each, for people and for the record.</summary>
public static class AccessDifferences
{
    public static IReadOnlyList<string> Of(AccessPolicy? before, AccessPolicy after)
    {
        List<string> lines = [];
        if (before is not null && before.Audience != after.Audience)
            lines.Add($"audience: {before.Audience} becomes {after.Audience}");
        if (before?.SignIn != after.SignIn)
            lines.Add(after.SignIn is { } signIn ? $"sign_in: people sign in at {signIn.Issuer} as client {signIn.ClientId}" : "sign_in: taken out");
        Compare("issuer", before?.Issuers ?? [], after.Issuers, i => i.Name, i => $"{i.Issuer}|{i.Jwks}|{i.Ca}");
        Compare("rule", before?.Workloads ?? [], after.Workloads, w => w.Name, w => w.Digest.ToString());
        Compare("people", before?.People ?? [], after.People, p => p.Group is { } group ? $"group {group}" : $"person {p.Person}", p => string.Join(';', p.May.Select(GrantReader.Text)));
        Compare("key of", before?.Keys ?? [], after.Keys, k => $"{k.Principal} {k.Key.Id}", _ => "");
        Compare("models", before?.Models ?? [], after.Models, m => m.Match, m => m.ToString());
        return lines;

        void Compare<T>(string what, IReadOnlyList<T> old, IReadOnlyList<T> now, Func<T, string> name, Func<T, string> content)
        {
            var (was, isNow) = (old.ToLookup(name, content), now.ToLookup(name, content));
            lines.AddRange(was.Where(w => !isNow.Contains(w.Key)).Select(w => $"{what} {w.Key}: taken out"));
            lines.AddRange(isNow.Where(n => !was.Contains(n.Key)).Select(n => $"{what} {n.Key}: added"));
            lines.AddRange(isNow.Where(n => was.Contains(n.Key) && !was[n.Key].SequenceEqual(n)).Select(n => $"{what} {n.Key}: changed"));
        }
    }
}
