using Assay.Contracts;

namespace Assay.Evaluation.Suites;

/// <summary>The data of a held-out evaluation.</summary>
/// <param name="Uri">Its address as the suite writes it.</param>
/// <param name="Digest">The digest that the suite insists on; null when it does not.</param>
/// <param name="Role">What the data is, such as heldout.</param>
/// <param name="Label">The column with the truth.</param>
/// <param name="Entity">The column whose rows belong together; null when rows are independent.</param>
/// <param name="Time">The column with the time of a row; null when there is none.</param>
/// <param name="Weight">The column with the weight of a row, positive; null when all weigh the same.</param>
/// <param name="Query">The column that says which rows are ranked against each other; null unless ranking.</param>
public sealed record HeldoutData(string Uri, Digest? Digest, string Role, string Label, string? Entity, string? Time = null, string? Weight = null, string? Query = null)
{
    /// <summary>The columns that say something about rows and are no inputs.</summary>
    public IReadOnlyList<string> Columns => [.. new[] { Label, Entity, Time, Weight, Query }.OfType<string>().Distinct()];
}

/// <summary>What the model was trained on: the data, or the digests of its rows where the data is private. One of the two.</summary>
public sealed record TrainWish(string? Uri, Digest? Digest, string? Digests);

/// <summary>Rows logged at training time, with the column that has the pipeline's own answer.</summary>
public sealed record ParityWish(string Uri, Digest? Digest, string Prediction);

/// <summary>Judgements of generated text: a file with an id for each row of the data and a score, greater is better.</summary>
public sealed record JudgementsWish(string Uri, Digest? Digest, string Id, string Score);

/// <summary>Data whose features are compared with those of training, such as what was served lately.</summary>
public sealed record ReferenceWish(string Uri, Digest? Digest);

/// <summary>Features computed anew, to be compared with the logged ones of the data by a key that both have.</summary>
public sealed record JoinWish(string Uri, Digest? Digest, string Key);
