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

    public CheckpointFolder(string dataFolder, TimeProvider time)
    {
        folder = Directory.CreateDirectory(Path.Combine(dataFolder, "checkpoints"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;
        this.time = time;
    }

    string Newest => Path.Combine(folder, "latest");

    /// <summary>Keeps a head.</summary>
    public void Keep(string note)
    {
        var bytes = Encoding.UTF8.GetBytes(note);
        DurableFile.Write(Newest, bytes);
        DurableFile.Write(Path.Combine(folder, time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH", CultureInfo.InvariantCulture)), bytes);
    }

    /// <summary>All heads that are kept here.</summary>
    public IEnumerable<(string Name, string Note)> All() => Directory.EnumerateFiles(folder).Where(f => !f.EndsWith(".new", StringComparison.Ordinal)).Order().Select(f => (Path.GetFileName(f), File.ReadAllText(f)));
}
