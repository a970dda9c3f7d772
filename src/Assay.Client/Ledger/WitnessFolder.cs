using System.Globalization;
using System.Text.Json.Nodes;
using Assay.Client.Verification;
using Assay.Contracts.Evidence;
using Assay.Contracts.Ledger;

namespace Assay.Client.Ledger;

/// <summary>
/// What a witness remembers of one ledger: <c>latest</c> (the last head that was consistent with all before, cosigned), <c>history.jsonl</c> (every one of
/// them), <c>key</c> (its own, mode 0600) and <c>contradiction-…json</c> for each head that was not. Whom it believes stands in <c>trust.json</c>.
/// </summary>
public sealed class WitnessFolder : IDisposable
{
    const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    readonly string folder;
    readonly SigningKey key;

    WitnessFolder(string folder, SigningKey key, string name) => (this.folder, this.key, Name) = (folder, key, name);

    /// <summary>The name that its cosignatures bear.</summary>
    public string Name { get; }

    /// <summary>Its public key as others take it.</summary>
    public string VerifierKey => SignedNote.VerifierKey(Name, Cosignature.Type, key.Verifier);

    /// <summary>The last head that it cosigned; null before the first.</summary>
    public string? Latest => File.Exists(Path("latest")) ? File.ReadAllText(Path("latest")) : null;

    /// <summary>Whom it believes since its first look; null before.</summary>
    public Trust? Trusted => File.Exists(Path("trust.json")) ? Trust.Read(File.ReadAllText(Path("trust.json")), Path("trust.json")) : null;

    /// <summary>Opens a folder, making it and its key where there is none. Throws <see cref="FormatException"/> for a damaged key.</summary>
    public static WitnessFolder Open(string folder, string? name)
    {
        Directory.CreateDirectory(folder);
        var file = System.IO.Path.Combine(folder, "key");
        if (!File.Exists(file))
        {
            using var made = SigningKey.Create();
            Put(file, Convert.ToBase64String(made.ExportSeed()) + "\n");
        }
        var key = SigningKey.Import(Convert.FromBase64String(File.ReadAllText(file).Trim()));
        return new(folder, key, name ?? $"assay-witness/{key.Verifier.Id[..8]}");
    }

    /// <summary>Believes these keys for this ledger from now on.</summary>
    public void Believe(Trust trust) => Put(Path("trust.json"), trust.ToJson().ToJsonString());

    /// <summary>Remembers a head that is consistent with the one before; returns it cosigned.</summary>
    public string Remember(HeadComparison seen, DateTimeOffset now)
    {
        var cosigned = Cosignature.Add(SignedNote.Parse(seen.Note)!, Name, key, now).ToString();
        // The history first: a crash between leaves a head twice in it, never one that is not in it.
        File.AppendAllText(Path("history.jsonl"), new JsonObject { ["seen_at"] = Time(now), ["size"] = seen.Head!.Size, ["checkpoint"] = cosigned }.ToJsonString() + "\n");
        Put(Path("latest"), cosigned);
        return cosigned;
    }

    /// <summary>Keeps the proof of a contradiction; returns the file.</summary>
    public string Accuse(HeadComparison seen, DateTimeOffset now)
    {
        var file = Path($"contradiction-{now.UtcDateTime:yyyy-MM-ddTHHmmss.fff}.json");
        Put(file, new JsonObject
        {
            ["seen_at"] = Time(now),
            ["contradiction"] = seen.Contradiction,
            ["kept"] = Latest,
            ["shown"] = seen.Note,
            ["proof"] = new JsonArray([.. seen.Proof.Select(hash => JsonValue.Create(hash))]),
        }.ToJsonString());
        return file;
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    string Path(string name) => System.IO.Path.Combine(folder, name);

    static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Writes a file so that a crash leaves the old one or the new one.</summary>
    static void Put(string file, string text)
    {
        var beside = $"{file}.{Guid.NewGuid():N}.new";
        using (var stream = new FileStream(beside, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mine }))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        File.Move(beside, file, overwrite: true);
    }
}
