using System.Net;
using Assay.Contracts;

namespace Assay.Client;

/// <summary>The server said no, or did not answer. The message is the server's own text.</summary>
/// <param name="errorCode">MLflow's name of the error, such as <c>INVALID_PARAMETER_VALUE</c>.</param>
/// <param name="message">What is wrong and how to mend it.</param>
/// <param name="status">The HTTP status; null when no answer came.</param>
/// <param name="gaps">What is missing, where a capture profile refused.</param>
/// <param name="inner">What went wrong beneath, if anything.</param>
public sealed class MlflowException(
    string errorCode, string message, HttpStatusCode? status = null, IReadOnlyList<Gap>? gaps = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>MLflow's name of the error.</summary>
    public string ErrorCode { get; } = errorCode;

    /// <summary>The HTTP status; null when no answer came.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>Everything that is missing, with its remedies; empty unless a capture profile refused.</summary>
    public IReadOnlyList<Gap> Gaps { get; } = gaps ?? [];

    /// <summary>May the same call succeed later? True where no answer came and for the statuses that MLflow's clients retry.</summary>
    public bool MayPass => Status is null || Retrying.IsTransient(Status.Value);
}
