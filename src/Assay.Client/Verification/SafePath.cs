using System.Diagnostics.CodeAnalysis;

namespace Assay.Client.Verification;

/// <summary>Paths of a manifest come from elsewhere: they must stay inside the folder that they are written to.</summary>
static class SafePath
{
    /// <summary>Is it a relative path of plain names, such as <c>data/model.onnx</c>?</summary>
    public static bool IsInside([NotNullWhen(true)] string? path) =>
        path is { Length: > 0 and <= 4096 } && !path.Contains('\\') && path.Split('/').All(part => part.Length > 0 && part is not ("." or "..") && !part.Any(char.IsControl));
}
