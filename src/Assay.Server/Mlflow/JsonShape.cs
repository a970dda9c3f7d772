using System.Text.Json;
using Assay.Contracts.Wire;

namespace Assay.Server.Mlflow;

/// <summary>What is to be known of a JSON text before its members are asked for.</summary>
static class JsonShape
{
    /// <summary>At most how many values it has: each stands behind a comma, a colon or an opening bracket outside texts. A small text is not looked at.</summary>
    public static long Values(ReadOnlySpan<byte> json)
    {
        if (json.Length <= WireLimits.Values.Most)
            return json.Length;
        var (count, quoted, escaped) = (1L, false, false);
        foreach (var b in json)
        {
            if (escaped)
                escaped = false;
            else if (quoted)
                (escaped, quoted) = (b == '\\', b != '"');
            else if (b == '"')
                quoted = true;
            else if (b is (byte)',' or (byte)':' or (byte)'{' or (byte)'[')
                count++;
        }
        return count;
    }

    /// <summary>How deep a text that is not read as JSON opens brackets, so that a refusal can say that this is what is wrong with it.</summary>
    public static int Depth(ReadOnlySpan<byte> json)
    {
        var (depth, deepest, quoted, escaped) = (0, 0, false, false);
        foreach (var b in json)
        {
            if (escaped)
                escaped = false;
            else if (quoted)
                (escaped, quoted) = (b == '\\', b != '"');
            else if (b == '"')
                quoted = true;
            else if (b is (byte)'{' or (byte)'[')
                deepest = Math.Max(deepest, ++depth);
            else if (b is (byte)'}' or (byte)']')
                depth--;
        }
        return deepest;
    }

    /// <summary>Is every name in it Unicode? One that is half a surrogate pair could not be compared with the name of a field.</summary>
    public static bool NamesAreSound(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0)
            return true; // only an escape can spell one: the bytes themselves were read as UTF-8
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
                if (reader is { TokenType: JsonTokenType.PropertyName, ValueIsEscaped: true })
                    reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
