using System.Globalization;
using System.Text;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>
/// Signed heads in <c>DIR/checkpoints/</c>: the newest, and the last one of each hour, so that a ledger cut short in the database is found.
/// </summary>
public sealed class CheckpointFolder
{
    readonly string folder;
    readonly TimeProvider time;
    long size;

    public CheckpointFolder(string dataFolder, TimeProvider time)
    {
        folder = Directory.CreateDirectory(Path.Combine(dataFolder, "checkpoints"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        this.time = time;
        size = File.Exists(Newest) ? SizeOf(File.ReadAllText(Newest)) : 0;
    }

    string Newest => Path.Combine(folder, "latest");

    /// <summary>Keeps a head that another server signed, if it is larger than the last one kept here: each server is a witness of all of them.</summary>
    public void Follow(StoredHead head)
    {
        if (head.Size > size)
            Keep(head.Size, head.Note);
    }

    /// <summary>Keeps a head over that many entries.</summary>
    public void Keep(long entries, string note)
    {
        size = entries;
        var bytes = Encoding.UTF8.GetBytes(note);
        DurableFile.Write(Newest, bytes);
        DurableFile.Write(Path.Combine(folder, time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture)), bytes);
    }

    /// <summary>All heads that are kept here.</summary>
    public IEnumerable<(string Name, string Note)> All() => Directory.EnumerateFiles(folder).Where(f => !f.EndsWith(".new", StringComparison.Ordinal)).Order().Select(f => (Path.GetFileName(f), File.ReadAllText(f)));

    /// <summary>The number of entries that a head speaks of (the second line of its note); 0 when it is none.</summary>
    static long SizeOf(string note) => long.TryParse(note.Split('\n').ElementAtOrDefault(1), NumberStyles.None, CultureInfo.InvariantCulture, out var entries) ? entries : 0;
}
