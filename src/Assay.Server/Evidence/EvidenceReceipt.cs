using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Identity;

namespace Assay.Server.Evidence;

/// <summary>The server's countersignature: this evidence came from this principal at this time.</summary>
static class EvidenceReceipt
{
    public static DsseEnvelope Sign(string model, Digest version, Digest evidence, string keyId, Principal who, DateTimeOffset at, SigningKey key) =>
        DsseEnvelope.Sign(CanonicalJson.Bytes(Statement.About(model, version, Statement.Receipt, new JsonObject
        {
            ["evidence"] = new JsonObject { ["sha256"] = evidence.Hex },
            ["keyid"] = keyId,
            ["from"] = who.ToString(),
            ["verified"] = who.Verified,
            ["received_at"] = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        })), key);
}
