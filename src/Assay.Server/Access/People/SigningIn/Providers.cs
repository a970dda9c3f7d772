using System.Security.Cryptography;
using Assay.Contracts;
using Assay.Server.Access.Policy;

namespace Assay.Server.Access.People.SigningIn;

/// <summary>The provider that the access policy names now; made again when the policy names it otherwise.</summary>
public sealed class Providers(AccessBook book, TimeProvider time)
{
    volatile Provider? current;

    /// <summary>The provider, or why there is none.</summary>
    internal Result<Provider> Now()
    {
        if (book.Current?.SignIn is not { } settings)
            return PersonRefusals.NoSignIn();
        if (current is { } known && known.Settings == settings)
            return known;
        try
        {
            return current = new(settings, time);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return PersonRefusals.ProviderUnreachable(settings.Issuer, "the authorities of sign_in.ca cannot be read");
        }
    }
}
