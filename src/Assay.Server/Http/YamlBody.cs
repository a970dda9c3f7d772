using System.Text;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Http;

/// <summary>A request body of YAML text (UTF-8, at most 1 MiB).</summary>
public static class YamlBody
{
    const int Most = 1 << 20;

    /// <summary>Reads it whole; larger ones are a bad request.</summary>
    public static async Task<string> Read(HttpRequest request, CancellationToken ct)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 << 10];
        for (int n; (n = await request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (kept.Length + n > Most)
                throw new BadHttpRequestException($"the document is larger than {Most} bytes", StatusCodes.Status413PayloadTooLarge);
            kept.Write(buffer, 0, n);
        }
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}
