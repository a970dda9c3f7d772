using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Promotions;

/// <summary>Says what a promotion request is about.</summary>
sealed class RequestScopes(Store store) : IScopes
{
    public IReadOnlyCollection<TouchedKind> Kinds { get; } = [TouchedKind.Request];

    public async Task<Scope?> Of(Touched touched, CancellationToken ct) =>
        await store.First(RequestSql.ById, ct, ("id", touched.Id)) is { } request ? new(Model: request.Model, Environment: request.Environment) : null;
}
