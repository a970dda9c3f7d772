using System.Security.Cryptography;
using Assay.Contracts.Evidence;
using Assay.Server.Storage;

namespace Assay.Server.Identity;

/// <summary>The server's signing key: made at first start, kept in <c>DIR/keys/server.ed25519</c> (mode 0600), never shown.</summary>
public sealed class KeyRing : IDisposable
{
    KeyRing(SigningKey signing) => Signing = signing;

    /// <summary>Signs evidence receipts, verdicts, promotions and ledger heads.</summary>
    public SigningKey Signing { get; }

    /// <summary>The keys whose signatures count as this server's.</summary>
    public IReadOnlyList<VerificationKey> Public => [Signing.Verifier];

    /// <summary>Where the key is.</summary>
    public static string FileIn(string dataFolder) => Path.Combine(dataFolder, "keys", "server.ed25519");

    /// <summary>Opens the ring, making the key where there is none.</summary>
    public static KeyRing Open(string dataFolder)
    {
        var file = FileIn(dataFolder);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (File.Exists(file))
            return new(Read(file));
        using var made = SigningKey.Create();
        var seed = made.ExportSeed();
        DurableFile.Write(file, System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(seed) + "\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        CryptographicOperations.ZeroMemory(seed);
        return new(Read(file));
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
