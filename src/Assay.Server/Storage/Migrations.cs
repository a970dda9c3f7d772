using System.Reflection;
using Assay.Contracts;

namespace Assay.Server.Storage;

/// <summary>The numbered schema files of all rooms, in floor order: forward only, each run once.</summary>
internal sealed class Migrations(IReadOnlyList<string> rooms)
{
    const string Applied = "SELECT room, number, checksum FROM storage_migration ORDER BY room, number";
    const string Add = "INSERT INTO storage_migration (room, number, name, checksum, at_ms) VALUES (@room, @number, @name, @checksum, @at)";

    public const string Table = """
        CREATE TABLE IF NOT EXISTS storage_migration (
          room {text} NOT NULL, number {int} NOT NULL, name {text} NOT NULL, checksum {text} NOT NULL, at_ms {int} NOT NULL,
          PRIMARY KEY (room, number)) {strict}
        """;

    /// <summary>Brings the database up to this program, inside the caller's transaction.</summary>
    public async Task Run(Tx tx, DateTimeOffset now)
    {
        await tx.Execute(tx.Dialect.Schema(Table));
        var applied = await tx.All(new Query<(string Room, long Number, string Checksum)>(Applied, r => (r.Text(0), r.Int(1), r.Text(2))));
        var known = Files().ToList();
        foreach (var (room, number, checksum) in applied)
        {
            var file = known.FirstOrDefault(f => f.Room == room && f.Number == number);
            if (file.Text is null)
                throw new StartRefusedException($"The database has the schema {room}/{number:0000}, which this program does not know: it was used by a newer Assay. Start that version, or restore a backup taken before the upgrade.");
            if (Digest.Of(file.Text).ToString() != checksum)
                throw new StartRefusedException($"The schema file {room}/{number:0000} differs from the one that made this database. Released schema files never change: use the program that made it, or a newer one.");
        }
        foreach (var file in known.Where(f => !applied.Exists(a => a.Room == f.Room && a.Number == f.Number)))
        {
            foreach (var statement in tx.Dialect.Schema(file.Text).Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                await tx.Execute(statement);
            await tx.Execute(Add, ("room", file.Room), ("number", file.Number), ("name", file.Name), ("checksum", Digest.Of(file.Text).ToString()), ("at", now));
        }
    }

    IEnumerable<(string Room, long Number, string Name, string Text)> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var names = assembly.GetManifestResourceNames();
        foreach (var room in rooms)
        {
            var prefix = $"{room}/Schema/";
            foreach (var name in names.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var file = name[prefix.Length..];
                yield return (room, long.Parse(file[..4]), file, reader.ReadToEnd());
            }
        }
    }
}
