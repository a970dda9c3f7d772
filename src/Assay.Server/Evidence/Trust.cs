using Assay.Contracts.Evidence;
using Assay.Server.Access.Policy;
using Assay.Server.Identity;

namespace Assay.Server.Evidence;

/// <summary>
/// Whose signatures count for whom: the server's own for what it wrapped, and the keys that the access policy in force names for a producer. A key that is
/// taken out of the policy makes what it signed foreign. In local mode no producer has a key of its own.
/// </summary>
public sealed class Trust(KeyRing ring, AccessBook access)
{
    /// <summary>The keys registered for one principal, none of anybody else's.</summary>
    public IReadOnlyList<VerificationKey> KeysOf(string principal) =>
        [.. (access.Current?.Keys ?? []).Where(k => k.Principal == principal).Select(k => k.Key)];

    /// <summary>The key that makes this stored envelope believable, or null: the server's own for what it wrapped, else one of the producer's.</summary>
    public VerificationKey? SignerOf(DsseEnvelope envelope, bool ownKey, string principal) => envelope.SignedBy(ownKey ? KeysOf(principal) : ring.Public);
}
