using System.Globalization;
using Npgsql;

namespace Assay.Server.Storage;

/// <summary>Reads <c>postgresql://user:password@host:port/db?key=value</c> as well as Npgsql's keywords.</summary>
static class PostgresAddress
{
    public static string ToKeywords(string address)
    {
        if (!address.Contains("://", StringComparison.Ordinal))
            return address;
        var uri = new Uri(address);
        if (uri.Scheme is not ("postgresql" or "postgres"))
            throw new FormatException($"the scheme {uri.Scheme} is unknown");
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Length > 0 ? uri.Host : "localhost",
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            builder[parts[0] == "sslmode" ? "SSL Mode" : parts[0]] = string.Create(CultureInfo.InvariantCulture, $"{Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "")}");
        }
        return builder.ToString();
    }
}
