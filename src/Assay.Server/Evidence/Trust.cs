using Assay.Contracts.Evidence;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Evidence;

/// <summary>Whose signatures count for whom. In local mode no producer has a key of its own, so only what the server wrapped is believed.</summary>
public sealed class Trust(KeyRing ring)
{
    /// <summary>The keys registered for one principal, none of anybody else's.</summary>
    public async Task<IReadOnlyList<VerificationKey>> KeysOf(Tx tx, string principal) =>
        [.. (await tx.All(EvidenceSql.KeysOf, ("principal", principal))).Select(VerificationKey.FromBase64).OfType<VerificationKey>()];

    /// <summary>The key that makes this stored envelope believable, or null: the server's own for what it wrapped, else one of the producer's.</summary>
    public async Task<VerificationKey?> SignerOf(Tx tx, DsseEnvelope envelope, bool ownKey, string principal) =>
        envelope.SignedBy(ownKey ? await KeysOf(tx, principal) : ring.Public);
}
