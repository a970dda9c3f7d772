using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Bench;

/// <summary>MLflow's wire over keep-alive HTTP, for what is prepared and not timed.</summary>
sealed class Wire(HttpClient http)
{
    public HttpClient Http => http;

    public Uri Url => http.BaseAddress!;

    public async Task<JsonNode> Post(string route, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/api/2.0/mlflow/" + route, body);
        return response.IsSuccessStatusCode ? (await response.Content.ReadFromJsonAsync<JsonNode>())! : throw new HttpRequestException($"{route}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    /// <summary>A new run of the default experiment: its id and the logical path of its artifacts.</summary>
    public async Task<(string Id, string Root)> Run(JsonArray? tags = null)
    {
        var info = (await Post("runs/create", new JsonObject { ["experiment_id"] = "0", ["start_time"] = 1700000000000, ["tags"] = tags }.ToJsonString()))["run"]!["info"]!;
        return ((string)info["run_id"]!, new Uri((string)info["artifact_uri"]!).AbsolutePath.Trim('/'));
    }

    /// <summary>The id of an experiment, by name.</summary>
    public async Task<string> Experiment(string name) =>
        (string)(await http.GetFromJsonAsync<JsonNode>($"/api/2.0/mlflow/experiments/get-by-name?experiment_name={name}"))!["experiment"]!["experiment_id"]!;

    public async Task Upload(string root, string path, string text)
    {
        using var response = await http.PutAsync($"/api/2.0/mlflow-artifacts/artifacts/{root}/{path}", new ByteArrayContent(Encoding.UTF8.GetBytes(text)));
        response.EnsureSuccessStatusCode();
    }
}
