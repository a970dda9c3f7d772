using System.Text.Json.Nodes;
using Assay.Evaluation.Data.Rows;
using Assay.Evaluation.Measures.Slices;
using Assay.Evaluation.Measures.Tail;

namespace Assay.Evaluation.Measures;

/// <summary>All that one pass over the rows found out.</summary>
/// <param name="Frame">What rows and scores mean.</param>
/// <param name="Rows">What the rows are as a whole.</param>
/// <param name="Overall">The metrics over all rows.</param>
/// <param name="Slices">Those of each slice, by title.</param>
/// <param name="Tail">Those of the worst rows; null when nobody asked.</param>
/// <param name="Worst">The worst rows by name.</param>
/// <param name="TailLoss">What a row cost there.</param>
/// <param name="Weak">The weak slices that were found; null when nobody asked.</param>
/// <param name="Curves">Points to draw; null where there are none.</param>
internal sealed record Measurement(Frame Frame, RowFingerprint Rows, IReadOnlyList<MetricResult> Overall, IReadOnlyList<SliceResult> Slices,
    IReadOnlyList<MetricResult>? Tail, IReadOnlyList<WorstRow>? Worst, string? TailLoss, WeakResults? Weak = null, JsonObject? Curves = null);

/// <summary>The weak slices that were found, and among how many rows.</summary>
internal sealed record WeakResults(int Rows, IReadOnlyList<WeakResult> Slices);

/// <summary>The metrics of one slice.</summary>
/// <param name="Key">What makes it.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Status"><c>too_small</c>, or null.</param>
/// <param name="Metrics">Its metrics; none without rows.</param>
internal sealed record SliceResult(SliceKey Key, long Rows, string? Status, IReadOnlyList<MetricResult> Metrics);
