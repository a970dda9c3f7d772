using NSec.Cryptography;

namespace Assay.Contracts.Evidence;

/// <summary>An Ed25519 private key and its public half. Key ids are the SHA-256 of the raw public key, first 16 hex digits.</summary>
public sealed class SigningKey : IDisposable
{
    readonly Key key;

    SigningKey(Key key) => this.key = key;

    /// <summary>The 32 raw bytes of the public key.</summary>
    public byte[] PublicKey => key.PublicKey.Export(KeyBlobFormat.RawPublicKey);

    /// <summary>The public half.</summary>
    public VerificationKey Verifier => new(PublicKey);

    /// <summary>A new random key.</summary>
    public static SigningKey Create() => new(Key.Create(SignatureAlgorithm.Ed25519, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }));

    /// <summary>Reads the 32 raw bytes of a private key (its seed).</summary>
    public static SigningKey Import(ReadOnlySpan<byte> seed) =>
        new(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }));

    /// <summary>The 32 raw bytes of the private key: to a file of mode 0600, nowhere else.</summary>
    public byte[] ExportSeed() => key.Export(KeyBlobFormat.RawPrivateKey);

    /// <summary>The 64 bytes of the signature over a message.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(key, message);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();
}

/// <summary>An Ed25519 public key.</summary>
public sealed record VerificationKey(byte[] Raw)
{
    /// <summary>The SHA-256 of the raw key, first 16 hex digits.</summary>
    public string Id => Digest.Of(Raw).Hex[..16];

    /// <summary>The raw key as base64, as <c>/keys</c> and trust files carry it.</summary>
    public string Base64 => Convert.ToBase64String(Raw);

    /// <summary>Reads base64; null when it is no Ed25519 key.</summary>
    public static VerificationKey? FromBase64(string text)
    {
        var raw = new byte[33];
        return Convert.TryFromBase64String(text, raw, out var n) && n == 32 ? new(raw[..32]) : null;
    }

    /// <summary>Does the signature belong to the message and this key? Never throws.</summary>
    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 64 || !NSec.Cryptography.PublicKey.TryImport(SignatureAlgorithm.Ed25519, Raw, KeyBlobFormat.RawPublicKey, out var key))
            return false;
        return SignatureAlgorithm.Ed25519.Verify(key!, message, signature);
    }
}
