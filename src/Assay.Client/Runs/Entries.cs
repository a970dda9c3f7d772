namespace Assay.Client;

/// <summary>One point of a metric's history. Time in Unix milliseconds.</summary>
readonly record struct MetricPoint(string Key, double Value, long Timestamp, long Step);

/// <summary>A parameter or a tag.</summary>
readonly record struct Entry(string Key, string Value);
