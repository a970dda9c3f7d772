using System.Security.Cryptography;
using Assay.Contracts.Evidence;
using Assay.Server.Storage;

namespace Assay.Server.Identity;

/// <summary>The server's signing key: made at first start, kept in <c>DIR/keys/server.ed25519</c> (mode 0600), never shown. Beside it the public halves of those before it.</summary>
public sealed class KeyRing : IDisposable
{
    readonly IReadOnlyList<VerificationKey> retired;

    KeyRing(SigningKey signing, IReadOnlyList<VerificationKey> retired) => (Signing, this.retired) = (signing, retired);

    /// <summary>Signs evidence receipts, verdicts, promotions and ledger heads.</summary>
    public SigningKey Signing { get; }

    /// <summary>The keys whose signatures count as this server's: the one it signs with, then retired ones.</summary>
    public IReadOnlyList<VerificationKey> Public => [Signing.Verifier, .. retired];

    /// <summary>Where the key is.</summary>
    public static string FileIn(string dataFolder) => Path.Combine(dataFolder, "keys", "server.ed25519");

    /// <summary>Where the next key waits until the database knows it.</summary>
    static string NextIn(string dataFolder) => FileIn(dataFolder) + ".next";

    /// <summary>Opens the ring, making the key where there is none.</summary>
    public static KeyRing Open(string dataFolder, IReadOnlyList<VerificationKey>? retired = null)
    {
        var file = FileIn(dataFolder);
        if (!File.Exists(file))
            Make(file);
        return new(Read(file), retired ?? []);
    }

    /// <summary>Makes the next key beside the present one, and says its public half.</summary>
    internal static VerificationKey MakeNext(string dataFolder)
    {
        Make(NextIn(dataFolder));
        using var next = Read(NextIn(dataFolder));
        return next.Verifier;
    }

    /// <summary>Puts the next key in the place of the present one if it is the one that the database knows: a rotation that was cut short is ended.</summary>
    internal static void TakeNext(string dataFolder, string publicKey)
    {
        var file = NextIn(dataFolder);
        if (!File.Exists(file))
            return;
        using var next = Read(file);
        if (next.Verifier.Base64 == publicKey)
            File.Move(file, FileIn(dataFolder), overwrite: true);
        else
            File.Delete(file);
    }

    static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var made = SigningKey.Create();
        var seed = made.ExportSeed();
        DurableFile.Write(file, System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(seed) + "\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        CryptographicOperations.ZeroMemory(seed);
    }

    static SigningKey Read(string file)
    {
        try
        {
            return SigningKey.Import(Convert.FromBase64String(File.ReadAllText(file).Trim()));
        }
        catch (FormatException e)
        {
            throw new StartRefusedException($"{file} is no Ed25519 key in base64. Restore it from a backup: without it, nothing that this registry signed can be continued.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Signing.Dispose();
}
