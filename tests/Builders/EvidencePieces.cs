using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Evidence;
using Assay.Server.Evidence;
using Assay.Server.Policies;

namespace Assay.Tests.Builders;

using Evaluation = Assay.Contracts.Evidence.Evaluation;

/// <summary>Pieces of evidence and gate cases that are good by default.</summary>
static class EvidencePieces
{
    public static readonly DateTimeOffset Now = new(2026, 11, 2, 2, 0, 0, TimeSpan.Zero);
    public static readonly Digest Version = Digest.Of("version");
    public static readonly Digest Data = Digest.Of("data");

    public static Metric Auc(double? value = 0.85, double? low = 0.82, double? high = 0.88, long? n = 5000, string? error = null, string? status = null) =>
        new("auc", value, n, new(0.95, low, high, "delong"), "higher", null, null, null, null, null, null, null, status, error);

    public static Evaluation Heldout(params Metric[] metrics) => Heldout("heldout", 5000, metrics);

    public static Evaluation Heldout(string role, long? rows, params Metric[] metrics) =>
        new("heldout", new("suite", Digest.Of("suite")), new("data.csv", Data, role, rows), null, "local", metrics, [], []);

    public static Evaluation Invariants(params bool[] ok) =>
        new("invariants", new("invariants", Digest.Of("invariants")), null, null, "local", [], [], [.. ok.Select((o, i) => new Probe($"p{i}", o, null, null, null))]);

    public static EvidenceView Piece(Evaluation? evaluation, EvidenceState state = EvidenceState.Sound, DateTimeOffset? at = null, Digest? subject = null, string by = "local", string kind = "heldout", string id = "one") =>
        new(Digest.Of(id), "fraud", 1, subject ?? Version, evaluation?.Kind ?? kind, by, false, [], false, "key", at ?? Now.AddHours(-1), at ?? Now.AddHours(-1), null, state, evaluation,
            new JsonObject(), new("", "", []), new("", "", []));

    public static GateCase Case(params EvidenceView[] evidence) => new("fraud", Version, "production", "primary", evidence, null, Now, []);

    public static Policy Policy(string require) => PolicyDocument.Read($$"""
        apiVersion: assay/v1
        kind: Policy
        metadata: {name: p}
        match: {model: fraud, environment: production}
        require:
        {{require}}
        approvals: []
        """, "test").Value;

    public static Policy AucAtLeast(string limit = "0.80", string more = "") => Policy($$"""
          - evidence: heldout
            role: heldout
            max_age: 30d
            min_rows: 1000
            {{more}}
            rules: [{metric: auc, at_least: {{limit}}}]
        """);
}
