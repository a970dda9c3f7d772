using System.Globalization;
using System.Text;
using Assay.Contracts.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>
/// Signed heads in <c>DIR/checkpoints/</c>: the newest, and the last one of each hour, so that a ledger cut short in the database is found.
/// </summary>
public sealed class CheckpointFolder
{
    readonly string folder;
    readonly TimeProvider time;
    Checkpoint? newest;

    public CheckpointFolder(string dataFolder, TimeProvider time)
    {
        folder = Directory.CreateDirectory(Path.Combine(dataFolder, "checkpoints"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        this.time = time;
        newest = File.Exists(Newest) ? Told(File.ReadAllText(Newest)) : null;
    }

    string Newest => Path.Combine(folder, "latest");

    /// <summary>Keeps a head that another server signed, if it is larger than the last one kept here: each server is a witness of all of them.</summary>
    public void Follow(StoredHead head)
    {
        if (head.Size > (newest?.Size ?? 0))
            Keep(head.Note);
    }

    /// <summary>Keeps a head. The one before stays as the last of its hour once that hour is over: one durable write for a head, not two.</summary>
    public void Keep(string note)
    {
        var head = Told(note);
        if (newest is { } before && Hour(before) != Hour(head) && File.Exists(Newest))
            DurableFile.Write(Path.Combine(folder, Hour(before)), File.ReadAllBytes(Newest));
        DurableFile.Write(Newest, Encoding.UTF8.GetBytes(note));
        newest = head;
    }

    /// <summary>All heads that are kept here.</summary>
    public IEnumerable<(string Name, string Note)> All() => Directory.EnumerateFiles(folder).Where(f => !f.EndsWith(".new", StringComparison.Ordinal)).Order().Select(f => (Path.GetFileName(f), File.ReadAllText(f)));

    string Hour(Checkpoint? head) => (head?.Time ?? time.GetUtcNow()).UtcDateTime.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture);

    /// <summary>What a note says of itself; its signature is for verification to check.</summary>
    static Checkpoint? Told(string note) => SignedNote.Parse(note) is { } signed ? Checkpoint.Read(signed.Text) : null;
}
