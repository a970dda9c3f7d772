using Assay.Contracts;

namespace Assay.Server.Promotions.Uses;

/// <summary>How often one set of data was used, over the models that the caller sees.</summary>
/// <param name="Data">The data's digest.</param>
/// <param name="Versions">How many versions were measured on it.</param>
/// <param name="Measurements">How many pieces of evidence rest on it.</param>
/// <param name="Verdicts">How many verdicts rest on such evidence.</param>
/// <param name="Promotions">How many promotions rest on such verdicts.</param>
/// <param name="Models">The same for each model, by name.</param>
public sealed record DataUsesAnswer(Digest Data, long Versions, long Measurements, long Verdicts, long Promotions, IReadOnlyList<ModelUses> Models)
{
    internal static DataUsesAnswer Of(Digest data, IReadOnlyList<ModelUses> models) =>
        new(data, models.Sum(m => m.Versions), models.Sum(m => m.Measurements), models.Sum(m => m.Verdicts), models.Sum(m => m.Promotions), models);
}

/// <summary>How often one model used it, when first and when last.</summary>
public sealed record ModelUses(string Model, long Versions, long Measurements, long Verdicts, long Promotions, DateTimeOffset First, DateTimeOffset Last);
