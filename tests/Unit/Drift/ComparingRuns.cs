using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Package;
using Assay.Server.Drift.Why;

namespace Assay.Tests.Unit.Drift;

/// <summary>What changed between two versions, and what nobody recorded.</summary>
public sealed class ComparingRuns
{
    static JsonObject Facts(string commit = "c1", string rate = "0.1", string data = "d1", double auc = 0.9) => new()
    {
        ["tags"] = new JsonObject { ["mlflow.source.git.commit"] = commit, ["mlflow.source.git.dirty"] = "false" },
        ["params"] = new JsonObject { ["learning_rate"] = rate },
        ["metrics"] = new JsonObject { ["auc"] = new JsonObject { ["value"] = auc } },
        ["inputs"] = new JsonArray(new JsonObject { ["name"] = "transactions", ["digest"] = data, ["tags"] = new JsonObject { ["mlflow.data.context"] = "training" } }),
    };

    static RunSheet Sheet(JsonObject facts, string requirements = "numpy==1.0\nmlflow==2.0", string weights = "w") =>
        RunSheet.Read(facts, [new PackageFile("model.onnx", 1, Digest.Of(weights))], requirements, "[x]", "[y]");

    static Difference Between(RunSheet before, RunSheet after) => Difference.Between(Digest.Of("before"), before, Digest.Of("after"), after);

    [Fact]
    public void Equal_runs_differ_in_nothing() => Between(Sheet(Facts()), Sheet(Facts())).ShouldSatisfyAllConditions(
        d => d.Groups.ShouldBeEmpty(),
        d => d.Same.ShouldBe(RunSheet.Groups));

    [Fact]
    public void Each_difference_stands_in_its_group_with_before_and_after()
    {
        var difference = Between(Sheet(Facts()), Sheet(Facts("c2", "0.2", "d2", 0.8), "numpy==2.0\nmlflow==2.0", "other"));
        difference.Groups.Select(g => g.Group).ShouldBe(["code", "data", "parameters", "environment", "metrics", "files"]);
        difference.Groups.Single(g => g.Group == "parameters").Changes.ShouldBe([new("learning_rate", "0.1", "0.2")]);
        difference.Groups.Single(g => g.Group == "environment").Changes.ShouldBe([new("numpy", "1.0", "2.0")]);
        difference.Same.ShouldBe(["signature"]);
    }

    [Fact]
    public void What_was_not_recorded_says_which_profile_line_would_have_required_it()
    {
        var sheet = RunSheet.Read([], [], null, null, null);
        sheet.Facts.ShouldContain(f => f.Name == "commit" && f.Value == null && f.Wanted == "{item: code.commit}");
        sheet.Facts.Where(f => f.Value is null).ShouldAllBe(f => f.Wanted != null);
        foreach (var group in RunSheet.Groups.Where(g => g != "files"))
            sheet.Facts.ShouldContain(f => f.Group == group);
    }
}
