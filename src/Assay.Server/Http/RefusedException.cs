using Assay.Contracts;

namespace Assay.Server.Http;

/// <summary>
/// A refusal by what stands before the handlers and serves both faces: each face's net writes it in its own form.
/// <paramref name="status"/> is the status on Assay's own routes; MLflow's face has its own for the kind.
/// </summary>
public sealed class RefusedException(Refusal refusal, int status) : Exception(refusal.Message)
{
    /// <summary>Why not.</summary>
    public Refusal Refusal => refusal;

    /// <summary>The status on Assay's own routes.</summary>
    public int Status => status;
}
