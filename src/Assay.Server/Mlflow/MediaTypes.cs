namespace Assay.Server.Mlflow;

/// <summary>As MLflow has it: what people read is plain text, everything else is bytes. Nothing is ever run by a browser.</summary>
static class MediaTypes
{
    static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ".txt", ".log", ".json", ".jsonl", ".yaml", ".yml", ".csv", ".tsv", ".md", ".rst", ".py", ".cs", ".r", ".js", ".html", ".htm", ".xml", ".toml", ".ini", ".cfg", ".conf", ".sh", ".sql", ".lock",
    };

    public static string Of(string name) => name == "MLmodel" || Texts.Contains(Path.GetExtension(name)) ? "text/plain; charset=utf-8" : "application/octet-stream";
}
