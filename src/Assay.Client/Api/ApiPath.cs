namespace Assay.Client.Api;

/// <summary>Paths of Assay's API with their parts escaped.</summary>
public static class ApiPath
{
    /// <summary>Joins parts with slashes, each escaped.</summary>
    public static string Of(params string[] parts) => string.Join('/', parts.Select(Uri.EscapeDataString));

    /// <summary>Adds a query; values that are null are left out.</summary>
    public static string With(this string path, params (string Name, string? Value)[] query)
    {
        var given = query.Where(q => q.Value is not null).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}").ToList();
        return given.Count == 0 ? path : $"{path}?{string.Join('&', given)}";
    }
}
