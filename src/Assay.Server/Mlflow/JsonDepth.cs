namespace Assay.Server.Mlflow;

/// <summary>How deep a text that is not read as JSON opens brackets, so that a refusal can say that this is what is wrong with it.</summary>
static class JsonDepth
{
    public static int Of(ReadOnlySpan<byte> json)
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
}
