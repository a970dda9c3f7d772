namespace Assay.Examples.Credit;

/// <summary>What the command line says.</summary>
public sealed record TrainingOptions
{
    /// <summary>The loans.</summary>
    public string Data { get; init; } = "data/credit.csv";

    /// <summary>Decides which loans are held out; another seed gives another model.</summary>
    public long Seed { get; init; } = 7;

    /// <summary>What is played.</summary>
    public Variant Variant { get; init; }

    /// <summary>The experiment that is logged to.</summary>
    public string Experiment { get; init; } = "credit";

    /// <summary>Where heldout.csv and parity.csv go, and offline the model folder; null: nowhere.</summary>
    public string? Out { get; init; }

    /// <summary>The work tree of the training code; null: the current folder.</summary>
    public string? Repository { get; init; }

    /// <summary>The server; null: as <c>Assay.Client</c> finds it.</summary>
    public string? Server { get; init; }

    /// <summary>A bearer token; null: as <c>Assay.Client</c> finds it.</summary>
    public string? Token { get; init; }

    /// <summary>Train and write files, but log nothing.</summary>
    public bool Offline { get; init; }

    /// <summary>Print one JSON document instead of lines for people.</summary>
    public bool Json { get; init; }

    /// <summary>The hyper-parameters of the variant.</summary>
    public Recipe Recipe => Variant is Variant.Good or Variant.Incomplete ? Recipe.First : Recipe.Second;
}
