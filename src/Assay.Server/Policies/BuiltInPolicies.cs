namespace Assay.Server.Policies;

/// <summary>What holds where nobody applied a policy (interfaces §3, §5).</summary>
static class BuiltInPolicies
{
    /// <summary>One person other than the submitter.</summary>
    public static readonly IReadOnlyList<ApprovalRule> OneApproval = [new(1, null, ["submitter"])];

    public const string DefaultText = """
        apiVersion: assay/v1
        kind: Policy
        metadata: {name: default}
        match: {model: "*", environment: "*", slot: "*"}
        require:
          - evidence: invariants
            rules: [{all: passed}]
        approvals:
          - {count: 1, not: [submitter]}
        """;

    public const string AdmissionText = """
        apiVersion: assay/v1
        kind: Policy
        metadata: {name: admission}
        match: {model: "*", environment: registry}
        require:
          - evidence: invariants
            rules: [{all: passed}]
        """;

    public static readonly Policy Default = Read(DefaultText);

    public static readonly Policy Admission = Read(AdmissionText);

    /// <summary>The policies with their documents, as the API shows them.</summary>
    public static readonly IReadOnlyList<(Policy Policy, string Yaml)> All = [(Default, DefaultText), (Admission, AdmissionText)];

    /// <summary>
    /// An owner's admission policy may ask for more than the built-in one, never for less: what the built-in asks for is added.
    /// </summary>
    public static Policy WithAdmission(Policy owners) =>
        owners with { Require = [.. owners.Require, .. Admission.Require], Sources = [.. owners.Sources, .. Admission.Sources] };

    static Policy Read(string text) => PolicyDocument.Read(text, "built-in policy").Value with { Sources = ["built-in"] };
}
