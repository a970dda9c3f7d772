using System.Net.Http.Headers;
using System.Text;
using Assay.Server.Access.Tokens;

namespace Assay.Server.Access;

/// <summary>What a header <c>Authorization</c> shows: Bearer, or the password of Basic (MLflow's clients send either; the user's name says nothing).</summary>
/// <param name="Secret">Null when the header can not be read.</param>
/// <param name="InUserName">A token of ours stands where the user's name belongs.</param>
readonly record struct ShownCredential(string? Secret, bool InUserName = false)
{
    /// <summary>Reads one.</summary>
    public static ShownCredential Of(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out var value) || value.Parameter is not { Length: > 0 } parameter)
            return default;
        if (value.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return new(parameter);
        if (!value.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return default;
        try
        {
            var pair = Encoding.UTF8.GetString(Convert.FromBase64String(parameter));
            return pair.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? new(pair[(colon + 1)..], TokenSecret.LooksOurs(pair[..colon])) : default;
        }
        catch (FormatException)
        {
            return default;
        }
    }
}
