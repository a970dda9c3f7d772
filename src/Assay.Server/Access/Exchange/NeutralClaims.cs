using System.Text.Json.Nodes;

namespace Assay.Server.Access.Exchange;

/// <summary>
/// Proven claims under names that no provider owns (those of Fulcio's certificate extensions): <c>issuer</c>, <c>source_repository_uri</c>,
/// <c>source_repository_digest</c> (the commit), <c>build_trigger</c> and so on. What a provider does not say is not there.
/// </summary>
static class NeutralClaims
{
    const string GitHub = "https://token.actions.githubusercontent.com", Service = "/_services/token";

    /// <summary>The facts of a token; <paramref name="issuer"/> is proven.</summary>
    public static SortedDictionary<string, string> Of(string issuer, JsonObject claims)
    {
        string? Claim(string name) => ClaimText.One(claims, name);
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Put("issuer", issuer);
        Put("runner_environment", Claim("runner_environment"));
        Put("deployment_environment", Claim("environment"));
        Put("source_repository_digest", Claim("sha"));
        if (Claim("repository_id") is not null)
            OfGitHub(issuer == GitHub ? "https://github.com" : issuer.Split(Service)[0]);
        else if (Claim("project_id") is not null)
            OfGitLab(issuer.TrimEnd('/'));
        else
            Put("subject", Claim("sub"));
        return facts;

        void OfGitHub(string server)
        {
            Put("build_signer_uri", At(server, Claim("job_workflow_ref")));
            Put("build_signer_digest", Claim("job_workflow_sha"));
            Put("build_config_uri", At(server, Claim("workflow_ref")));
            Put("build_config_digest", Claim("workflow_sha"));
            Put("build_trigger", Claim("event_name"));
            Put("source_repository_uri", At(server, Claim("repository")));
            Put("source_repository_ref", Claim("ref"));
            Put("source_repository_identifier", Claim("repository_id"));
            Put("source_repository_owner_identifier", Claim("repository_owner_id"));
            if (Claim("run_id") is { } run)
                Put("run_invocation_uri", At(server, Claim("repository")) is { } at ? $"{at}/actions/runs/{run}{(Claim("run_attempt") is { } attempt ? $"/attempts/{attempt}" : "")}" : null);
        }

        void OfGitLab(string server)
        {
            // GitLab's build platform is the pipeline's own configuration: what signs and what is built come from the same file.
            foreach (var of in (string[])["build_signer", "build_config"])
            {
                Put($"{of}_uri", Claim("ci_config_ref_uri") is { } config ? $"https://{config}" : null);
                Put($"{of}_digest", Claim("ci_config_sha"));
            }
            Put("build_trigger", Claim("pipeline_source"));
            Put("source_repository_uri", At(server, Claim("project_path")));
            Put("source_repository_ref", Claim("ref_path") ?? Claim("ref"));
            Put("source_repository_identifier", Claim("project_id"));
            Put("source_repository_owner_identifier", Claim("namespace_id"));
            Put("run_invocation_uri", At(server, Claim("project_path")) is { } at && Claim("job_id") is { } job ? $"{at}/-/jobs/{job}" : null);
        }

        void Put(string name, string? value)
        {
            if (value is { Length: > 0 and <= 2000 })
                facts[name] = value;
        }
    }

    static string? At(string server, string? path) => path is { Length: > 0 } ? $"{server}/{path}" : null;
}
