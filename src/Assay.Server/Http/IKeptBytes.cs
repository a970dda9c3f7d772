namespace Assay.Server.Http;

/// <summary>Asked of a higher room: where are the bytes, and can they be reached?</summary>
public interface IKeptBytes
{
    /// <summary>Where they are, for people: no secrets.</summary>
    string Place { get; }

    /// <summary>Why they cannot be reached now, in words without secrets; null when they can. Answers within seconds.</summary>
    Task<string?> Problem(CancellationToken ct);
}
