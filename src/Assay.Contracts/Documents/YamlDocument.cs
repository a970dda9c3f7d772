using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Assay.Contracts.Documents;

/// <summary>
/// One of our YAML files (<c>apiVersion: assay/v1</c>, <c>kind: …</c>), read with line and column. Wrong values and unknown keys are gathered
/// while it is read, so that all are told at once: read everything, then ask <see cref="Refusal"/>.
/// </summary>
public sealed class YamlDocument
{
    readonly List<string> problems = [];

    YamlDocument(string source) => Source = source;

    /// <summary>What the text is called in messages: a file's name or <c>request body</c>.</summary>
    public string Source { get; }

    /// <summary>The top level.</summary>
    public YamlMap Root { get; private set; } = null!;

    /// <summary>All that is wrong, or null. Each problem has its line and column.</summary>
    public Refusal? Refusal => problems.Count == 0 ? null
        : new(RefusalKind.Invalid, "malformed-document", $"{Source}: {string.Join("; ", problems)}.", "Mend the places named by line and column, and apply it again.");

    /// <summary>Parses a text of one document; syntax errors are a refusal with their place.</summary>
    public static Result<YamlDocument> Parse(string text, string source)
    {
        var document = new YamlDocument(source);
        try
        {
            var stream = YamlText.Read(text);
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root)
                document.Root = new(document, root, "");
            else
                document.problems.Add("line 1, column 1: wanted one document with keys at its top level");
        }
        catch (YamlException e)
        {
            document.problems.Add($"line {e.Start.Line}, column {e.Start.Column}: {(e.InnerException ?? e).Message.TrimEnd('.')}");
        }
        return document.Refusal is { } refusal ? refusal : document;
    }

    /// <summary>Parses and checks <c>apiVersion</c> and <c>kind</c>.</summary>
    public static Result<YamlDocument> Parse(string text, string source, string kind)
    {
        var parsed = Parse(text, source);
        if (!parsed.Ok)
            return parsed;
        parsed.Value.Root.OneOf("apiVersion", "assay/v1");
        parsed.Value.Root.OneOf("kind", kind);
        return parsed.Value.Refusal is { } refusal ? refusal : parsed;
    }

    /// <summary>Adds a problem at a place.</summary>
    internal void Add(YamlNode at, string problem) => problems.Add($"line {at.Start.Line}, column {at.Start.Column}: {problem}");
}
