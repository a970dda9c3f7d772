namespace Assay.Cli.Access;

/// <summary>Where this CI job gets identity tokens from. Each call gives one that was not given before: a token is good for one exchange.</summary>
internal abstract class CiTokenSource
{
    /// <summary>What it is called in messages.</summary>
    public abstract string Name { get; }

    /// <summary>Does the CI give no more tokens than those it gave when the job started?</summary>
    public virtual bool Finite => false;

    /// <summary>A token for this audience. Throws <see cref="CiTokenException"/> when the CI has none (any more).</summary>
    public abstract Task<string> Next(string audience, CancellationToken ct);

    /// <summary>What to do where there is none.</summary>
    public const string Mend = "GitHub: give the job permissions: id-token: write. GitLab: declare ASSAY_ID_TOKEN under id_tokens. Kubernetes: project a service account token to /var/run/secrets/assay/token, or name it in ASSAY_ID_TOKEN_FILE. People: assay login without --oidc.";

    /// <summary>The source of the job that this program runs in; null outside of CI, or when the job may not have any.</summary>
    public static CiTokenSource? Find(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        return (CiTokenSource?)CiTokenFromGitHub.Of(variable) ?? (CiTokenSource?)CiTokenFromVariables.Of(variable) ?? CiTokenFromFiles.Of(variable);
    }
}

/// <summary>The CI gives no identity token; the message says why and what to do.</summary>
internal sealed class CiTokenException(string message, Exception? inner = null) : Exception(message, inner);
