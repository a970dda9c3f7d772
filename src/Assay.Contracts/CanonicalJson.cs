using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Contracts;

/// <summary>RFC 8785 (JSON Canonicalization Scheme): one byte form for one JSON value, so that a digest over it means something.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical UTF-8 bytes of a node. Non-finite numbers do not exist in JSON: write them as strings first.</summary>
    public static byte[] Bytes(JsonNode? node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        Write(buffer, node);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The canonical UTF-8 bytes of a parsed element.</summary>
    public static byte[] Bytes(JsonElement element) => Bytes(JsonNode.Parse(element.GetRawText()));

    /// <summary>The digest over the canonical bytes.</summary>
    public static Digest DigestOf(JsonNode? node) => Digest.Of(Bytes(node));

    static void Write(ArrayBufferWriter<byte> to, JsonNode? node)
    {
        switch (node)
        {
            case null: Put(to, "null"); break;
            case JsonObject map: WriteObject(to, map); break;
            case JsonArray list: WriteArray(to, list); break;
            default: WriteValue(to, node.AsValue()); break;
        }
    }

    static void WriteObject(ArrayBufferWriter<byte> to, JsonObject map)
    {
        Put(to, "{");
        var first = true;
        // §3.2.3: names are sorted by their UTF-16 code units, which is what ordinal comparison of .NET strings does.
        foreach (var (name, value) in map.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (!first)
                Put(to, ",");
            first = false;
            WriteString(to, name);
            Put(to, ":");
            Write(to, value);
        }
        Put(to, "}");
    }

    static void WriteArray(ArrayBufferWriter<byte> to, JsonArray list)
    {
        Put(to, "[");
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0)
                Put(to, ",");
            Write(to, list[i]);
        }
        Put(to, "]");
    }

    static void WriteValue(ArrayBufferWriter<byte> to, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True: Put(to, "true"); break;
            case JsonValueKind.False: Put(to, "false"); break;
            case JsonValueKind.Null: Put(to, "null"); break;
            case JsonValueKind.String: WriteString(to, value.GetValue<string>()); break;
            default: Put(to, Number(value)); break;
        }
    }

    static string Number(JsonValue value) =>
        Number(value.TryGetValue<double>(out var real) ? real : double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture));

    /// <summary>A number as ECMAScript writes it (RFC 8785 §3.2.2.3). Throws on NaN and infinities.</summary>
    public static string Number(double value)
    {
        if (!double.IsFinite(value))
            throw new ArgumentException("JSON has no NaN and no infinity.", nameof(value));
        if (value == 0)
            return "0";
        var round = value.ToString("R", CultureInfo.InvariantCulture);
        var (digits, exponent) = Split(round);
        var sign = value < 0 ? "-" : "";
        var n = exponent; // the value is 0.digits × 10^n
        var k = digits.Length;
        if (k <= n && n <= 21)
            return sign + digits + new string('0', n - k);
        if (n is > 0 and <= 21)
            return sign + digits[..n] + "." + digits[n..];
        if (n is > -6 and <= 0)
            return sign + "0." + new string('0', -n) + digits;
        var e = n - 1;
        var power = (e < 0 ? "-" : "+") + Math.Abs(e).ToString(CultureInfo.InvariantCulture);
        return k == 1 ? $"{sign}{digits}e{power}" : $"{sign}{digits[0]}.{digits[1..]}e{power}";
    }

    /// <summary>Splits a round-trip form into significant digits and the decimal exponent of 0.digits.</summary>
    static (string Digits, int Exponent) Split(string text)
    {
        text = text.TrimStart('-');
        var exponent = 0;
        var e = text.IndexOf('E', StringComparison.Ordinal);
        if (e >= 0)
        {
            exponent = int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture);
            text = text[..e];
        }
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? "" : text[(point + 1)..];
        var digits = whole + fraction;
        exponent += whole.Length;
        var leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits[leading..].TrimEnd('0');
        return (digits, exponent - leading);
    }

    static void WriteString(ArrayBufferWriter<byte> to, string text)
    {
        var built = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => built.Append("\\\""),
                '\\' => built.Append("\\\\"),
                '\b' => built.Append("\\b"),
                '\f' => built.Append("\\f"),
                '\n' => built.Append("\\n"),
                '\r' => built.Append("\\r"),
                '\t' => built.Append("\\t"),
                < ' ' => built.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => built.Append(c),
            };
        }
        Put(to, built.Append('"').ToString());
    }

    static void Put(ArrayBufferWriter<byte> to, string text)
    {
        var span = to.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        to.Advance(Encoding.UTF8.GetBytes(text, span));
    }
}
