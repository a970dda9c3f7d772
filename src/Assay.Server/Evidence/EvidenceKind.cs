using Assay.Contracts.Documents;
using Assay.Contracts.Evidence;

namespace Assay.Server.Evidence;

/// <summary>One kind of evidence: its name, whether people make it (else workloads do), and what its statement must carry.</summary>
sealed record EvidenceKind(string Name, bool FromPeople, Action<Evaluation, JsonMap> Check);
