namespace Assay.Evaluation.Suites;

/// <summary>Which parts of the rows are measured by themselves.</summary>
/// <param name="By">The declared ones.</param>
/// <param name="Discover">How weak ones are searched for; null when they are not.</param>
/// <param name="MinRows">A slice of fewer rows is listed as too small; 100.</param>
/// <param name="MinPositives">So is a recall of fewer positives; 30.</param>
public sealed record SlicesWish(IReadOnlyList<SliceWish> By, DiscoverWish? Discover, long MinRows = 100, long MinPositives = 30);

/// <summary>The search for weak slices: conjunctions of at most so many predicates, and how many are kept.</summary>
public sealed record DiscoverWish(int Predicates = 3, int Top = 10);

/// <summary>One way to part the rows.</summary>
public abstract record SliceWish;

/// <summary>A slice for each value of a column.</summary>
public sealed record ColumnSlices(string Column) : SliceWish;

/// <summary>Half-open bins of a number, [a, b), and the two outer ones.</summary>
public sealed record BinSlices(string Column, IReadOnlyList<double> Edges) : SliceWish;

/// <summary>A slice for each combination of its parts.</summary>
public sealed record CrossSlices(IReadOnlyList<SliceWish> Parts) : SliceWish;

/// <summary>The rows for which a condition over the data's columns holds.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Where">The condition as it is written.</param>
public sealed record WhereSlice(string Name, string Where) : SliceWish;

/// <summary>The worst rows.</summary>
/// <param name="Loss">What a row costs; null for log-loss or squared error.</param>
/// <param name="Worst">The share of rows whose mean loss is taken, such as 0.01.</param>
/// <param name="Cvar">The level of the conditional value at risk, such as 0.95.</param>
/// <param name="Quantiles">The quantiles of the absolute error, or of the loss, such as 0.95.</param>
public sealed record TailWish(string? Loss, double Worst, double Cvar, IReadOnlyList<double> Quantiles);
