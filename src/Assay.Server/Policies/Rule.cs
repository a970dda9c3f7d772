using System.Text.Json.Nodes;

namespace Assay.Server.Policies;

/// <summary>Does a rule decide, or only warn?</summary>
public enum Severity
{
    /// <summary>It decides.</summary>
    Block,
    /// <summary>It is shown and does not decide.</summary>
    Warn,
}

/// <summary>
/// One rule of a requirement. <see cref="Kind"/> is its word (<c>at_least</c> …), <see cref="Limit"/> in the metric's own unit;
/// a warning with <see cref="Until"/> decides from the day after.
/// </summary>
public sealed record Rule(string Kind, MetricChoice? Metric, double? Limit, bool EverySlice, Severity Severity, DateOnly? Until)
{
    /// <summary>Such as <c>auc at_least 0.8</c>.</summary>
    public string Name { get; init; } = Kind;

    /// <summary>Does it decide on that day (UTC)?</summary>
    public bool Decides(DateTimeOffset now) => Severity is Severity.Block || (Until is { } until && DateOnly.FromDateTime(now.UtcDateTime) > until);

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["kind"] = Kind, ["severity"] = Severity.ToString().ToLowerInvariant() };
        if (Metric is not null)
            json["metric"] = Metric.ToJson();
        if (Limit is { } limit)
            json["limit"] = limit;
        if (EverySlice)
            json["every_slice"] = true;
        if (Until is { } until)
            json["until"] = until.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return json;
    }
}

/// <summary>Which metric: by name and, where several have it, by what tells them apart.</summary>
public sealed record MetricChoice(string Name, string? Class, string? Average, double? Threshold, double? Level)
{
    /// <summary>Is it meant?</summary>
    public bool Means(Contracts.Evidence.Metric metric) =>
        metric.Name == Name && (Class is null || Class == metric.Class) && (Average is null || Average == metric.Average)
        && (Threshold is null || Threshold == metric.Threshold) && (Level is null || Level == metric.Level);

    /// <summary>Such as <c>recall (class 1)</c>.</summary>
    public string Title => new Contracts.Evidence.Metric(Name, null, null, null, null, null, null, null, Class, Average, Threshold, Level, null, null).Title;

    internal JsonNode ToJson()
    {
        var json = new JsonObject { ["name"] = Name };
        if (Class is not null)
            json["class"] = Class;
        if (Average is not null)
            json["average"] = Average;
        if (Threshold is { } threshold)
            json["threshold"] = threshold;
        if (Level is { } level)
            json["level"] = level;
        return json;
    }
}
