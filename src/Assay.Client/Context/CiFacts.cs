namespace Assay.Client;

/// <summary>The CI job a program runs in, as GitHub, GitLab or Jenkins say it in the environment.</summary>
/// <param name="Tags">Run tags: <c>ci.provider</c>, <c>ci.job_url</c>, <c>ci.run_id</c>, <c>ci.job</c> and others that are known.</param>
/// <param name="Commit">The commit the job was started for; used only where git itself is silent.</param>
/// <param name="Branch">The branch or tag the job was started for: git sees a detached HEAD there.</param>
/// <param name="Repository">The repository's address.</param>
sealed record CiFacts(IReadOnlyDictionary<string, string> Tags, string? Commit, string? Branch, string? Repository)
{
    /// <summary>The job, or null outside of CI.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static CiFacts? Read(Func<string, string?> variable) =>
        variable("GITHUB_ACTIONS") == "true" ? GitHub(variable)
        : variable("GITLAB_CI") == "true" ? GitLab(variable)
        : variable("JENKINS_URL") is { Length: > 0 } ? Jenkins(variable)
        : null;

    static CiFacts GitHub(Func<string, string?> variable)
    {
        var repository = variable("GITHUB_SERVER_URL") is { Length: > 0 } host && variable("GITHUB_REPOSITORY") is { Length: > 0 } name ? $"{host}/{name}" : null;
        var url = repository is not null && variable("GITHUB_RUN_ID") is { Length: > 0 } id ? $"{repository}/actions/runs/{id}" : null;
        if (url is not null && variable("GITHUB_RUN_ATTEMPT") is { Length: > 0 } attempt)
            url += $"/attempts/{attempt}";
        return new(
            Known(("ci.provider", "github"), ("ci.job_url", url), ("ci.run_id", variable("GITHUB_RUN_ID")), ("ci.run_attempt", variable("GITHUB_RUN_ATTEMPT")),
                ("ci.job", variable("GITHUB_JOB")), ("ci.workflow", variable("GITHUB_WORKFLOW_REF")), ("ci.actor", variable("GITHUB_ACTOR"))),
            variable("GITHUB_SHA"), variable("GITHUB_REF_NAME"), repository);
    }

    static CiFacts GitLab(Func<string, string?> variable) => new(
        Known(("ci.provider", "gitlab"), ("ci.job_url", variable("CI_JOB_URL")), ("ci.run_id", variable("CI_PIPELINE_ID")), ("ci.job_id", variable("CI_JOB_ID")),
            ("ci.job", variable("CI_JOB_NAME")), ("ci.actor", variable("GITLAB_USER_LOGIN"))),
        variable("CI_COMMIT_SHA"), variable("CI_COMMIT_REF_NAME"), variable("CI_PROJECT_URL"));

    static CiFacts Jenkins(Func<string, string?> variable) => new(
        Known(("ci.provider", "jenkins"), ("ci.job_url", variable("BUILD_URL")), ("ci.run_id", variable("BUILD_ID")), ("ci.job", variable("JOB_NAME"))),
        variable("GIT_COMMIT"), variable("GIT_BRANCH"), variable("GIT_URL") is { Length: > 0 } url ? RemoteUrl.WithoutCredentials(url) : null);

    static Dictionary<string, string> Known(params IEnumerable<(string Key, string? Value)> facts) =>
        facts.Where(fact => fact.Value is { Length: > 0 }).ToDictionary(fact => fact.Key, fact => fact.Value!);
}
