using Assay.Contracts;

namespace Assay.Server.Artifacts;

/// <summary>Everything that this room can refuse, with its mend.</summary>
public static class ArtifactRefusals
{
    public static Refusal BadPath(string path, string why) => new(RefusalKind.Invalid, "bad-artifact-path",
        $"Invalid path: '{(path.Length > 200 ? path[..200] + "…" : path)}' cannot name an artifact: {why}.", "Use names separated by '/', relative to the artifact root.", "path");

    public static Refusal NoFile(ArtifactPath path) => new(RefusalKind.NotFound, "no-such-artifact", $"There is no artifact at '{path}'.",
        "List the folder to see what is there.", "path");

    public static Refusal InTheWay(ArtifactPath path, string other) => new(RefusalKind.Invalid, "artifact-in-the-way",
        $"'{path}' cannot be written: '{other}' is {(other.Length < path.Value.Length ? "a file, not a folder" : "below it, so it is a folder")}.", "Choose another name.", "path");

    public static Refusal StoreFull(string detail) => new(RefusalKind.Unavailable, "artifact-store-unavailable",
        $"The artifact store cannot be written now ({detail}): nothing was kept.", "Make room or mend the disk; the upload can be repeated as it is.");

    /// <summary>The kind is that of a machine that must be mended: nobody can ask otherwise for these bytes.</summary>
    public static Refusal Damaged(Digest digest, string how) => new(RefusalKind.Unavailable, "artifact-damaged",
        $"The content {digest} is missing or damaged in the artifact store: {how}.", "Restore it from a backup, or upload the same bytes again.");
}
