namespace Assay.Statistics.WeakSlices;

/// <summary>A slice of two predicates that larger slices may come from. <paramref name="Bound"/>: no slice inside it has a higher score.</summary>
readonly record struct PairCell(byte Left, byte Right, double Bound);

/// <summary>Two columns and those of their slices that larger ones may come from: at most 250, since each holds its share of the rows.</summary>
sealed record PairCells(int Left, int Right, List<PairCell> Cells, TopSlices Top);
