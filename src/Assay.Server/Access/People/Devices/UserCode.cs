using System.Security.Cryptography;

namespace Assay.Server.Access.People.Devices;

/// <summary>What a person reads in a terminal and types into a page: eight consonants, so that no word comes out and nothing looks like a digit (RFC 8628 §6.1).</summary>
static class UserCode
{
    const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    public static string New() => RandomNumberGenerator.GetString(Letters, 8);

    /// <summary>As it is shown: <c>BCDF-GHJK</c>.</summary>
    public static string Shown(string code) => $"{code[..4]}-{code[4..]}";

    /// <summary>What was typed, however it was grouped; null when it cannot be a code.</summary>
    public static string? Read(string? typed)
    {
        var code = new string([.. (typed ?? "").ToUpperInvariant().Where(c => c is not (' ' or '-'))]);
        return code.Length == 8 && code.All(Letters.Contains) ? code : null;
    }
}
