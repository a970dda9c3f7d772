using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Evaluation;

/// <summary>What is known of the program that measures and of its suites, for the evidence.</summary>
/// <param name="GitCommit">The commit of the repository with the suites; null when it is not known.</param>
/// <param name="Dirty">Did files of the repository differ from that commit?</param>
/// <param name="Image">The digest of the container image that the program runs in; null when it is not known.</param>
public sealed record EvaluatorFacts(string? GitCommit, bool Dirty, Digest? Image)
{
    /// <summary>As the predicate's <c>evaluator</c>, whose <c>id</c> the server sets; null when nothing is known.</summary>
    public JsonObject? ToJson()
    {
        var json = new JsonObject();
        if (GitCommit is not null)
        {
            var code = new JsonObject { ["gitCommit"] = GitCommit };
            if (Dirty)
                code["dirty"] = true;
            json["code"] = code;
        }
        if (Image is { } image)
            json["image"] = new JsonObject { ["digest"] = new JsonObject { ["sha256"] = image.Hex } };
        return json.Count == 0 ? null : json;
    }
}
