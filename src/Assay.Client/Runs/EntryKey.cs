namespace Assay.Client;

/// <summary>MLflow's rule for the names of metrics, parameters and tags, told where the name is written rather than a second later.</summary>
static class EntryKey
{
    const int Longest = 250;

    public static string Check(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        if (key.Length > Longest)
            throw new ArgumentException($"'{key[..40]}…' has {key.Length} characters; a name has at most {Longest}.", nameof(key));
        if (!key.All(c => char.IsLetterOrDigit(c) || c is '_' or '/' or '.' or '-' or ' ' or ':'))
            throw new ArgumentException($"'{key}' is no name: letters, digits, '_', '/', '.', '-', ':' and spaces are allowed.", nameof(key));
        if (key.Split('/').Any(part => part is "" or "." or ".."))
            throw new ArgumentException($"'{key}' is no name: between slashes it needs text other than '.' and '..'.", nameof(key));
        return key;
    }
}
