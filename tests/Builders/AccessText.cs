namespace Assay.Tests.Builders;

/// <summary>
/// The text of an access policy for tests: one CI (<see cref="CiProvider"/>) with the rules <c>training</c> (trainer of every experiment, submitter of every
/// model) and <c>evaluation</c> (evaluator of every model, another workflow), an agent of production, and whatever people are given.
/// </summary>
public sealed record AccessText(string Issuer)
{
    public const string TrainingFlow = "org/fraud/.github/workflows/train.yml@refs/heads/main", EvaluationFlow = "org/fraud/.github/workflows/evaluate.yml@refs/heads/main";

    public string Training { get; init; } = "[{role: trainer, experiments: ['*']}, {role: submitter, models: ['*']}]";

    public string Evaluation { get; init; } = "[{role: evaluator, models: ['*']}]";

    /// <summary>Further lines of <c>claims:</c> of the training rule, such as <c>runner_environment: github-hosted</c>.</summary>
    public IReadOnlyList<string> TrainingClaims { get; init; } = ["ref_protected: 'true'", "event_name: [push, workflow_dispatch, schedule]"];

    /// <summary>Further keys of the issuer's entry, such as <c>jwks: file:/…</c>.</summary>
    public string IssuerKeys { get; init; } = "";

    /// <summary>Further entries of <c>issuers:</c> in flow style.</summary>
    public IReadOnlyList<string> MoreIssuers { get; init; } = [];

    /// <summary>Entries of <c>workloads:</c>, <c>people:</c> and <c>models:</c> in flow style, and a whole <c>sign_in:</c>.</summary>
    public IReadOnlyList<string> Workloads { get; init; } = [];

    public IReadOnlyList<string> People { get; init; } = ["{person: root, may: [{role: admin}]}"];

    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Producers' keys: principal and public key.</summary>
    public IReadOnlyList<(string Principal, string Key)> Keys { get; init; } = [];

    public string? SignIn { get; init; }

    public static implicit operator string(AccessText policy) => policy.ToString();

    public override string ToString() => $$"""
        apiVersion: assay/v1
        kind: AccessPolicy
        metadata: {name: main}
        audience: {{CiProvider.Audience}}
        issuers:
          - {name: ci, issuer: '{{Issuer}}'{{(IssuerKeys.Length > 0 ? $", {IssuerKeys}" : "")}}}
        {{Lines(MoreIssuers)}}{{(SignIn is null ? "" : $"sign_in: {SignIn}")}}
        workloads:
          - name: training
            issuer: ci
            claims:
              repository_owner_id: '12345'
              repository_id: '67890'
              workflow_ref: {{TrainingFlow}}
        {{string.Concat(TrainingClaims.Select(c => $"      {c}\n"))}}    may: {{Training}}
          - name: evaluation
            issuer: ci
            claims: {repository_owner_id: '12345', repository_id: '67890', workflow_ref: {{EvaluationFlow}}, ref_protected: 'true'}
            may: {{Evaluation}}
        {{Lines(Workloads)}}agents:
          - {name: eu-1, issuer: ci, claims: {sub: 'system:serviceaccount:assay:agent', kubernetes.io/serviceaccount/uid: 'c0ffee'}, may: [{role: reporter, environments: [production]}]}
        people:
        {{Lines(People)}}{{(Keys.Count > 0 ? $"keys:\n{Lines(Keys.Select(k => $"{{principal: '{k.Principal}', public_key: '{k.Key}', algorithm: ed25519}}"))}" : "")}}{{(Models.Count > 0 ? $"models:\n{Lines(Models)}" : "")}}
        """;

    static string Lines(IEnumerable<string> entries) => string.Concat(entries.Select(e => $"  - {e}\n"));
}
