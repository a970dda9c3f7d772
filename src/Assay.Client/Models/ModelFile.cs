namespace Assay.Client;

/// <summary>A file of a model folder.</summary>
/// <param name="Path">Its path in the folder, with forward slashes.</param>
/// <param name="Bytes">Its content, when it is in memory.</param>
/// <param name="Source">The file on this machine that holds it, when it is not.</param>
public sealed record ModelFile(string Path, ReadOnlyMemory<byte> Bytes, string? Source);
