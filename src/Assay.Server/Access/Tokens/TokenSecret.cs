using System.Security.Cryptography;
using System.Text;

namespace Assay.Server.Access.Tokens;

/// <summary>The secrets that we give out: 256 random bits behind a prefix by which scanners find leaked ones. Only their SHA-256 is kept.</summary>
static class TokenSecret
{
    public const string Personal = "assay_pat_", Minted = "assay_job_", Session = "assay_web_", FirstAdmin = "assay_first_", Device = "assay_dev_", Trip = "assay_trip_";

    /// <summary>Does it begin as a token that opens the API does?</summary>
    public static bool LooksOurs(string text) => text.StartsWith(Personal, StringComparison.Ordinal) || text.StartsWith(Minted, StringComparison.Ordinal);

    /// <summary>A new secret.</summary>
    public static string New(string prefix) => prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// What is stored and looked up. Looking up by hash compares nothing of the secret byte by byte: whoever guesses learns nothing from the time it takes.
    /// </summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
