using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Assay.Bench;

/// <summary>MLflow's wire over keep-alive HTTP.</summary>
sealed class Wire(HttpClient http)
{
    public HttpClient Http => http;

    public async Task<JsonNode> Post(string route, string json)
    {
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/api/2.0/mlflow/" + route, body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    /// <summary>A new run of the default experiment: its id and the logical path of its artifacts.</summary>
    public async Task<(string Id, string Root)> Run()
    {
        var info = (await Post("runs/create", """{"experiment_id": "0", "start_time": 1}"""))["run"]!["info"]!;
        return ((string)info["run_id"]!, new Uri((string)info["artifact_uri"]!).AbsolutePath.Trim('/'));
    }
}
