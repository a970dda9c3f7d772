using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;

namespace Assay.Server.Promotions;

/// <summary>
/// What an offline verifier needs about one version. <see cref="Manifest"/> and <see cref="Config"/> are the exact bytes in base64;
/// <see cref="Promotion"/> is there only while the version is what the slot has approved, and its <c>not_after</c> is the one that counts.
/// </summary>
internal sealed record Bundle(string Model, long Version, Digest Digest, string Manifest, string Config, JsonNode? Run, IReadOnlyList<DsseEnvelope> Evidence,
    DsseEnvelope? Verdict, DsseEnvelope? Promotion, IReadOnlyList<CountedApproval> Approvals, LedgerProofOf Ledger, IReadOnlyList<PublicKeyOf> Keys);

/// <summary>One ledger entry (its exact bytes in base64), proven to stand in the tree of <see cref="Size"/> entries under a signed checkpoint.</summary>
internal sealed record LedgerProofOf(string Origin, string Entry, long Seq, long Size, IReadOnlyList<string> Hashes, string Checkpoint);

/// <summary>A public key in base64.</summary>
internal sealed record PublicKeyOf(string Keyid, string Algorithm, string PublicKey);
