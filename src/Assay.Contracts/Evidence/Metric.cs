using Assay.Contracts.Documents;

namespace Assay.Contracts.Evidence;

/// <summary>An interval of confidence: <see cref="Level"/> in (0, 1); a null bound is unbounded on that side.</summary>
public sealed record MeasuredInterval(double Level, double? Low, double? High, string? Method)
{
    /// <summary>The interval is not known to hold its level here: too few rows, or outside the points where it was tried.</summary>
    public bool Approximate { get; init; }

    internal static MeasuredInterval Read(JsonMap interval)
    {
        var (level, low, high) = (interval.Number("level"), interval.Number("low"), interval.Number("high"));
        if (level is not (> 0 and < 1))
            interval.Wrong("level", "a number between 0 and 1, such as 0.95", level?.ToString("R") ?? "nothing", "Give the level of the interval.");
        if (low > high)
            interval.Wrong("low", $"at most high, which is {high:R}", $"{low:R}", "Give the lower bound as low and the upper as high.");
        return new(level ?? 0, low, high, interval.Text("method")) { Approximate = interval.Truth("approximate") ?? false };
    }
}

/// <summary>
/// One measured number. <see cref="Value"/> is null when it could not be measured, and then <see cref="Error"/> or <see cref="Status"/> says
/// why. <see cref="Delta"/> is challenger minus baseline, on the same rows.
/// </summary>
public sealed record Metric(string Name, double? Value, long? N, MeasuredInterval? Interval, string? Direction,
    double? Baseline, double? Delta, MeasuredInterval? DeltaInterval,
    string? Class, string? Average, double? Threshold, double? Level, string? Status, string? Error)
{
    /// <summary>The input column that the number is about; null when it is about all of them, or about the model.</summary>
    public string? Feature { get; init; }

    /// <summary>What tells metrics of one name apart, such as <c>recall (class 1)</c>.</summary>
    public string Title
    {
        get
        {
            string?[] parts = [Feature, Class is null ? null : $"class {Class}", Average, Threshold is null ? null : $"at {Threshold:R}", Level is null ? null : $"level {Level:R}"];
            var said = string.Join(", ", parts.Where(p => p is not null));
            return said.Length == 0 ? Name : $"{Name} ({said})";
        }
    }

    internal static Metric Read(JsonMap metric)
    {
        var read = new Metric(metric.NeedText("name"), metric.Number("value"), metric.Count("n"),
            metric.Map("ci") is { } ci ? MeasuredInterval.Read(ci) : null, metric.Text("direction"),
            metric.Number("baseline"), metric.Number("delta"), metric.Map("delta_ci") is { } delta ? MeasuredInterval.Read(delta) : null,
            metric.Label("class"), metric.Text("average"), metric.Number("threshold"), metric.Number("level"), metric.Text("status"), metric.Text("error"))
        {
            Feature = metric.Text("feature"),
        };
        if (read.Value is null && !metric.Has("value") && read.Error is null && read.Status is null)
            metric.Wrong("value", "a finite number, or null with 'error' saying why", "nothing", "Give the value, or say in 'error' why there is none.");
        if (read.Direction is not (null or "higher" or "lower"))
            metric.Wrong("direction", "higher or lower", read.Direction, "Say which direction is better.");
        return read;
    }
}
