using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Access.Policy;

namespace Assay.Server.Access.People.SigningIn;

/// <summary>Who somebody is, by the claims of a believed ID token.</summary>
static class PersonClaims
{
    const int MostGroups = 500;

    public static Result<Person> Read(JsonObject claims, SignIn settings, IReadOnlyList<string> groups, DateTimeOffset now)
    {
        if (IdToken.Text(claims, settings.IdClaim) is not { } id || !IsId(id))
            return PersonRefusals.BadIdToken($"its claim '{settings.IdClaim}', by which people are known here, is missing or not 1 to 200 characters without spaces");
        // Some providers let anybody write any address into their profile.
        if (settings.IdClaim == "email" && !(claims["email_verified"] is JsonValue verified && verified.TryGetValue<bool>(out var sure) && sure))
            return PersonRefusals.BadIdToken("the provider has not verified the address by which people are known here (email_verified)");
        var name = (IdToken.Text(claims, "name") ?? IdToken.Text(claims, "preferred_username") ?? id).Trim();
        return new Person(id, name.Length is > 0 and <= 200 && !name.Any(char.IsControl) ? name : id, IdToken.Text(claims, "email") is { Length: <= 320 } email ? email : null,
            [.. groups.Where(g => g.Length is > 0 and <= 300).Distinct(StringComparer.Ordinal).Take(MostGroups)], false, now);
    }

    /// <summary>Can a person be known by this?</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= 200 && !id.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
}
