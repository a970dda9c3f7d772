using System.Text;
using Assay.Contracts;
using Assay.Contracts.Documents;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Assay.Evaluation.Suites;

/// <summary>Reads a suite's file, whichever kind it is.</summary>
public static class SuiteFile
{
    const long Largest = 16 << 20;
    const int Deepest = 100;

    /// <summary>An <see cref="InvariantSuite"/> or an <see cref="EvaluationSuite"/>; everything that is wrong at once, each with line and column.</summary>
    public static Result<Suite> Load(string path)
    {
        var file = Path.GetFullPath(path);
        byte[] bytes;
        try
        {
            if (new FileInfo(file).Length > Largest)
                return SuiteRefusals.TooLarge(path);
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return SuiteRefusals.NoFile(path, e.Message);
        }
        var parsed = Parse(Encoding.UTF8.GetString(bytes), Path.GetFileName(file));
        return parsed.Ok ? Read(parsed.Value, file, Digest.Of(bytes)) : SuiteRefusals.Malformed(parsed.Refusal!);
    }

    static Result<YamlDocument> Parse(string text, string name) => TooDeep(text)
        ? new Refusal(RefusalKind.Invalid, "malformed-suite", $"{name}: lists and mappings lie more than {Deepest} deep in each other.")
        : YamlDocument.Parse(text, name);

    static Result<Suite> Read(YamlDocument document, string file, Digest digest)
    {
        var root = document.Root;
        root.OneOf("apiVersion", "assay/v1");
        var kind = root.OneOf("kind", "InvariantSuite", "EvaluationSuite");
        var metadata = root.Map("metadata");
        var head = new SuiteHead(metadata.Text("name"), metadata.TextOrNull("model"), digest, file);
        Suite? suite = kind switch
        {
            "InvariantSuite" => InvariantSuiteReader.Read(root, metadata, head),
            "EvaluationSuite" => EvaluationSuiteReader.Read(root, metadata, head),
            _ => null,
        };
        return document.Refusal is { } refusal ? SuiteRefusals.Malformed(refusal) : suite!;
    }

    /// <summary>Looks at the events alone, which takes no stack: a tree of a hundred thousand lists would overflow it.</summary>
    static bool TooDeep(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            for (var depth = 0; parser.MoveNext();)
            {
                depth += parser.Current is MappingStart or SequenceStart ? 1 : parser.Current is MappingEnd or SequenceEnd ? -1 : 0;
                if (depth > Deepest)
                    return true;
            }
        }
        catch (YamlException)
        {
            return false; // the reader proper says it with its place
        }
        return false;
    }
}
