using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Assay.Server.Access.People.SigningIn;

/// <summary>
/// One way to the provider and back. The browser holds its secret in a cookie; state, nonce and the verifier of PKCE (RFC 7636) are derived from it,
/// so that the database, which only knows the secret's hash, gives nobody anything to finish a sign-in with.
/// </summary>
/// <param name="Secret">What the browser's cookie holds.</param>
readonly record struct Trip(string Secret)
{
    /// <summary>Ties the answer to this browser: an answer to somebody else's sign-in is not taken.</summary>
    public string State => Derived("state");

    /// <summary>Ties the ID token to this sign-in.</summary>
    public string Nonce => Derived("nonce");

    /// <summary>Ties the code to whoever asked for it.</summary>
    public string Verifier => Derived("verifier");

    /// <summary>What the provider sees of the verifier beforehand (S256).</summary>
    public string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    /// <summary>Is it this trip's state?</summary>
    public bool Knows(string? state) => state is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(State));

    string Derived(string what) => Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.ASCII.GetBytes(what)));
}
