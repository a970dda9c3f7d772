using Assay.Contracts;
using Assay.Contracts.Wire;

namespace Assay.Server.Tracking;

/// <summary>Where the files of experiments, runs and logged models are said to be.</summary>
static class Locations
{
    /// <summary>What a given artifact location may be (MLflow's rules).</summary>
    public static Refusal? Check(string? location)
    {
        if (string.IsNullOrEmpty(location))
            return null;
        if (WireLimits.Location.Length(location, "artifact_location") is { } tooLong)
            return tooLong;
        if (location.StartsWith("runs:", StringComparison.Ordinal))
            return TrackingRefusals.Location(location, "it cannot be a runs:/ URI.");
        if (location.Contains('#', StringComparison.Ordinal) || location.Contains(';', StringComparison.Ordinal))
            return TrackingRefusals.Location(location, "it has a fragment or parameters.");
        var query = location.IndexOf('?', StringComparison.Ordinal);
        return query >= 0 && location.IndexOf("..", query, StringComparison.Ordinal) >= 0 ? TrackingRefusals.Location(location, "its query string has '..'.") : null;
    }

    /// <summary>The location of an experiment: the given one as it was sent, or one below the server's root.</summary>
    public static string Of(string? given, string root, string experiment) => string.IsNullOrEmpty(given) ? $"{root.TrimEnd('/')}/{experiment}" : given;

    public static string OfRun(string experiment, string run) => $"{experiment.TrimEnd('/')}/{run}/artifacts";

    public static string OfModel(string experiment, string model) => $"{experiment.TrimEnd('/')}/models/{model}/artifacts";
}
