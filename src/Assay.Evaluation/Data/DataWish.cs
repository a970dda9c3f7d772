using Assay.Contracts;

namespace Assay.Evaluation.Data;

/// <summary>Which data is to be opened.</summary>
/// <param name="Uri">Where it is, as the suite writes it: a path, a folder, a pattern such as <c>parts/*.parquet</c>, or an address.</param>
/// <param name="Folder">The folder that paths start from: the suite's own.</param>
/// <param name="Wanted">The digest that its bytes must have; null when any will do.</param>
public sealed record DataWish(string Uri, string Folder, Digest? Wanted = null);
