using System.Text;
using Assay.Contracts;
using Assay.Contracts.Documents;

namespace Assay.Evaluation.Suites;

/// <summary>Reads a suite's file, whichever kind it is.</summary>
public static class SuiteFile
{
    /// <summary>The largest file in bytes.</summary>
    internal const long Largest = 16 << 20;

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
        return Parse(bytes, file);
    }

    /// <summary>Reads the bytes of a suite as if they stood in <paramref name="file"/>, a full path.</summary>
    internal static Result<Suite> Parse(byte[] bytes, string file)
    {
        var parsed = YamlDocument.Parse(Encoding.UTF8.GetString(bytes), Path.GetFileName(file));
        return parsed.Ok ? Read(parsed.Value, file, Digest.Of(bytes)) : SuiteRefusals.Malformed(parsed.Refusal!);
    }

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
}
