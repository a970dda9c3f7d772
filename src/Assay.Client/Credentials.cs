using System.Net.Http.Headers;
using System.Text;

namespace Assay.Client;

/// <summary>What is sent as <c>Authorization</c>: never logged, never part of a message.</summary>
public static class Credentials
{
    /// <summary>
    /// The header, or null when nothing is known. A token given or in <c>ASSAY_TOKEN</c> wins; then, as MLflow's client does,
    /// user and password (<c>MLFLOW_TRACKING_USERNAME</c>, <c>MLFLOW_TRACKING_PASSWORD</c>) before <c>MLFLOW_TRACKING_TOKEN</c>.
    /// </summary>
    /// <param name="token">A bearer token given by the caller.</param>
    /// <param name="variable">Reads an environment variable; the process's own when null.</param>
    public static AuthenticationHeaderValue? Resolve(string? token = null, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        if ((Given(token) ?? Given(variable("ASSAY_TOKEN"))) is { } assay)
            return new("Bearer", assay);
        if (Given(variable("MLFLOW_TRACKING_USERNAME")) is { } user && Given(variable("MLFLOW_TRACKING_PASSWORD")) is { } password)
            return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        return Given(variable("MLFLOW_TRACKING_TOKEN")) is { } mlflow ? new("Bearer", mlflow) : null;
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
