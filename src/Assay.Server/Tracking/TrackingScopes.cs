using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Tracking;

/// <summary>Says which experiment an id belongs to.</summary>
sealed class TrackingScopes(Store store) : IScopes
{
    public IReadOnlyCollection<TouchedKind> Kinds { get; } = [TouchedKind.Experiment, TouchedKind.Run, TouchedKind.LoggedModel];

    public Task<Scope?> Of(Touched touched, CancellationToken ct) => touched.Kind switch
    {
        TouchedKind.Experiment => Experiments.Number(touched.Id) is { } number ? store.First(ScopeSql.OfExperiment, ct, ("id", number)) : Task.FromResult<Scope?>(null),
        TouchedKind.Run => store.First(ScopeSql.OfRun, ct, ("id", touched.Id)),
        _ => store.First(ScopeSql.OfModel, ct, ("id", touched.Id)),
    };
}
