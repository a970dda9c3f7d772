using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Storage;

namespace Assay.Server.Policies;

/// <summary>Reads verdicts.</summary>
public sealed class VerdictBook
{
    /// <summary>One by its digest, with its envelope; null when there is none.</summary>
    public async Task<Verdict?> One(Tx tx, Digest digest) => await tx.First(VerdictSql.ByDigest, ("digest", digest)) is { } stored ? Whole(stored) : null;

    /// <summary>The newest for a slot; null when nobody asked yet.</summary>
    public async Task<Verdict?> Newest(Tx tx, Digest version, string environment, string slot) =>
        await tx.First(VerdictSql.Newest, ("subject", version), ("environment", environment), ("slot", slot)) is { } stored ? Whole(stored) : null;

    /// <summary>The newest of each environment and slot.</summary>
    public async Task<List<Verdict>> Of(Tx tx, Digest version) => (await tx.All(VerdictSql.OfVersion, ("subject", version))).ConvertAll(Whole);

    /// <summary>The verdicts, each with its model, whose evidence rests on some data.</summary>
    public Task<List<(string Model, Digest Verdict)>> OnData(Tx tx, Digest data) => tx.All(VerdictSql.OnData, ("data", data));

    internal static Verdict Whole(StoredVerdict stored) => Verdict.FromText(stored.Body) with { Envelope = DsseEnvelope.Read(JsonNode.Parse(stored.Envelope)) };
}
