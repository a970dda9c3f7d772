using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Contracts.Documents;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;
using YamlDotNet.RepresentationModel;

namespace Assay.Evaluation.FirstSuites;

/// <summary>
/// The input example that was logged with a model. MLflow writes it twice: as a body of <c>/invocations</c> (<c>serving_input_example.json</c>, since
/// 2.15), and as the caller gave it (<c>input_example.json</c>), in a form that <c>saved_input_example_info</c> in the MLmodel names.
/// </summary>
internal static class LoggedExample
{
    const long Largest = 64 << 20;
    const int MostSparseRows = 5;
    static readonly string[] Served = ["serving_input_example.json", "serving_input_payload.json"];

    /// <summary>The example; null when none was logged. One that cannot be read is a refusal that says why.</summary>
    public static Result<ExampleRows?> Read(ModelFolder model)
    {
        var info = Info(model);
        var given = Given(model, info);
        if (new[] { Text(info, "serving_input_path") }.OfType<string>().Concat(Served).FirstOrDefault(name => Exists(model, name)) is not { } served)
            return given;
        // Of the two files the body says its form itself; the other one helps where the body cannot be read.
        var body = Read(model, served, InputJson.Read);
        return body.Ok || !given.Ok || given.Value is null ? body : given;
    }

    static Result<ExampleRows?> Given(ModelFolder model, YamlMappingNode? info)
    {
        var name = Text(info, "artifact_path") ?? "input_example.json";
        if (Exists(model, name))
            return Read(model, name, json => ExampleForms.Read(Text(info, "params") is "true" or "True" && json is JsonObject map ? map["inputs"] : json,
                Text(info, "type"), Text(info, "pandas_orient"), MostSparseRows));
        return info is null ? (ExampleRows?)null : FirstSuiteRefusals.Example(name, "is named by the MLmodel and is not there");
    }

    static Result<ExampleRows?> Read(ModelFolder model, string name, Func<JsonNode?, Result<ModelInput>> read)
    {
        var path = FolderPath.Inside(model.Path, name)!;
        try
        {
            if (new FileInfo(path).Length > Largest)
                return FirstSuiteRefusals.Example(name, "is larger than 64 MiB");
            var input = read(JsonNode.Parse(File.ReadAllBytes(path)));
            return input.Ok ? new ExampleRows(input.Value, name) : FirstSuiteRefusals.Example(name, $"cannot be used: {input.Refusal!.Message.TrimEnd('.')}");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return FirstSuiteRefusals.Example(name, $"cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    static bool Exists(ModelFolder model, string name) => FolderPath.Inside(model.Path, name) is { } path && File.Exists(path);

    /// <summary>The MLmodel was read once without trouble, or there would be no <see cref="ModelFolder"/>.</summary>
    static YamlMappingNode? Info(ModelFolder model) => YamlText.Read(File.ReadAllText(Path.Combine(model.Path, "MLmodel"))).Documents is [{ RootNode: YamlMappingNode root }]
        && root.Children.TryGetValue("saved_input_example_info", out var info) ? info as YamlMappingNode : null;

    static string? Text(YamlMappingNode? map, string key) =>
        map is not null && map.Children.TryGetValue(key, out var node) && node is YamlScalarNode { Value: { Length: > 0 } value } && value is not ("null" or "~") ? value : null;
}
