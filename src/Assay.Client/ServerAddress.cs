namespace Assay.Client;

/// <summary>Where the server is: an argument, <c>ASSAY_URL</c>, <c>MLFLOW_TRACKING_URI</c>, or <c>http://127.0.0.1:5000</c>, in this order.</summary>
public static class ServerAddress
{
    /// <summary>Where a server listens when nothing else is said.</summary>
    public const string Default = "http://127.0.0.1:5000";

    /// <summary>The address with a trailing slash, so that routes can be appended.</summary>
    /// <param name="argument">What the caller gave, if anything; it wins.</param>
    /// <param name="variable">Reads an environment variable; the process's own when null.</param>
    /// <exception cref="ArgumentException">The text is no http or https address; the message names where it came from.</exception>
    public static Uri Resolve(string? argument = null, Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        var (text, origin) =
            Given(argument) is { } given ? (given, "The address")
            : Given(variable("ASSAY_URL")) is { } assay ? (assay, "ASSAY_URL")
            : Given(variable("MLFLOW_TRACKING_URI")) is { } mlflow ? (mlflow, "MLFLOW_TRACKING_URI")
            : (Default, "The default");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            throw new ArgumentException($"{origin} is '{text}', which is no http:// or https:// address. Give one such as {Default}.", nameof(argument));
        return uri.AbsolutePath.EndsWith('/') ? uri : new UriBuilder(uri) { Path = uri.AbsolutePath + "/" }.Uri;
    }

    static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
