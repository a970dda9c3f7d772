using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Client.Api;

/// <summary>The registry said no: what is wrong, where, and how to mend it.</summary>
/// <param name="refusal">The refusal.</param>
/// <param name="body">The answer as it came (problem+json).</param>
public sealed class ApiRefusalException(Refusal refusal, JsonObject body) : Exception(refusal.Message)
{
    /// <summary>The refusal.</summary>
    public Refusal Refusal => refusal;

    /// <summary>The answer as it came.</summary>
    public JsonObject Body => body;
}

/// <summary>No registry answered; the message says what to do.</summary>
public sealed class ApiUnreachableException(string message, Exception inner) : Exception(message, inner);
