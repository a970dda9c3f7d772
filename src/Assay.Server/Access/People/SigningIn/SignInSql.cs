using Assay.Server.Storage;

namespace Assay.Server.Access.People.SigningIn;

/// <summary>Sign-ins that are under way. Kinds: <c>code</c> to the provider and back, <c>device</c> a program that waits for its person, <c>guess</c> a wrong code, <c>first-admin</c>.</summary>
static class SignInSql
{
    public const string Insert = "INSERT INTO access_signin (hash, kind, user_code, facts, person, ends_ms) VALUES (@hash, @kind, @code, @facts, @person, @ends)";

    /// <summary>Takes one: it is there once.</summary>
    public static readonly Query<string> Take = new("DELETE FROM access_signin WHERE hash = @hash AND kind = @kind AND ends_ms > @now RETURNING facts", r => r.Text(0));

    public const string Forget = "DELETE FROM access_signin WHERE ends_ms < @before";
}
