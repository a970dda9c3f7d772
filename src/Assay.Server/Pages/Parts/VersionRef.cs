using Assay.Contracts;

namespace Assay.Server.Pages.Parts;

/// <summary>A digest and, where the registry knows it, the version it is.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="Model">The model whose version it is; null when it is in no registry we know.</param>
/// <param name="Number">The version's number.</param>
public sealed record VersionRef(Digest Digest, string? Model, long? Number)
{
    /// <summary><c>v41</c>, or <c>not ours</c>.</summary>
    public string Name => Number is { } number ? $"v{number}" : "not ours";

    /// <summary>Its page; null when we know nothing of it.</summary>
    public string? Address => Model is { } model && Number is { } number ? Addresses.Version(model, number) : null;
}
