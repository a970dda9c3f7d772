using Assay.Server.Identity;

namespace Assay.Server.Mlflow;

/// <summary>
/// MLflow's routes that Assay declares and does not serve: 501 in JSON. Those that clients replace by an older route
/// (traces of version 3) are left unknown on purpose, so that the fallback happens.
/// </summary>
static class NotBuiltRoutes
{
    public static void Map(MlflowRoutes mlflow)
    {
        var three = mlflow.Version(3);
        No(mlflow, "POST,GET", "/traces", "traces");
        No(mlflow, "PATCH", "/traces/{request_id}", "traces");
        No(mlflow, "GET", "/traces/{request_id}/info", "traces");
        No(mlflow, "PATCH,DELETE", "/traces/{request_id}/tags", "traces");
        No(mlflow, "POST", "/traces/delete-traces", "traces");
        No(mlflow, "POST", "/traces/link-to-run", "traces");
        No(mlflow, "POST,GET", "/unified-traces", "traces");
        No(mlflow, "POST,GET", "/get-online-trace-details", "traces");
        No(three, "GET", "/traces/get", "traces");
        No(three, "GET", "/traces/batchGet", "traces");
        No(three, "POST", "/traces/delete-traces", "traces");
        No(three, "PATCH,DELETE", "/traces/{trace_id}/tags", "traces");
        No(three, "POST", "/traces/calculate-filter-correlation", "traces");
        No(three, "POST", "/traces/{trace_id}/assessments", "assessments of traces");
        No(three, "GET,PATCH,DELETE", "/traces/{trace_id}/assessments/{assessment_id}", "assessments of traces");
        No(three, "POST,GET,DELETE,PATCH", "/datasets/{**rest}", "evaluation datasets");
        No(three, "POST,GET,DELETE", "/scorers/{**rest}", "scorers");
        No(mlflow, "POST,GET,PATCH,DELETE", "/webhooks/{**rest}", "MLflow's webhooks");
        No(mlflow, "POST,GET,PATCH,DELETE", "/users/{**rest}", "MLflow's users");
        No(mlflow, "POST,GET,PATCH,DELETE", "/experiments/permissions/{**rest}", "MLflow's permissions");
        No(mlflow, "POST,GET,PATCH,DELETE", "/registered-models/permissions/{**rest}", "MLflow's permissions");
        three.Under("/jobs").MapAjaxBytes("POST,GET", "/{**rest}", _ => Refuse("MLflow's jobs")).Allows(Permission.Known, On.Nothing);
        mlflow.MapRoot("GET", "/signup", _ => Refuse("MLflow's users")).Allows(Permission.Known, On.Nothing);
        mlflow.MapAjaxBytes("GET", "/get-trace-artifact", _ => Refuse("traces")).Allows(Permission.Known, On.Nothing);
        mlflow.MapAjaxBytes("POST,GET", "/gateway-proxy", _ => Refuse("routes to language models")).Allows(Permission.Known, On.Nothing);
        mlflow.MapAjaxBytes("POST", "/runs/create-promptlab-run", _ => Refuse("prompt laboratories")).Allows(Permission.Known, On.Nothing);
        mlflow.MapRoot("POST", "/v1/traces", _ => Refuse("traces")).Allows(Permission.Known, On.Nothing);
        mlflow.MapRoot("POST,GET", "/graphql", _ => Refuse("a GraphQL façade")).Allows(Permission.Known, On.Nothing);
    }

    static void No(MlflowRoutes mlflow, string methods, string path, string what) => mlflow.MapBytes(methods, path, _ => Refuse(what)).Allows(Permission.Known, On.Nothing);

    static Task<MlflowAnswer> Refuse(string what) => Task.FromResult<MlflowAnswer>(MlflowRefusals.NotBuilt(what));
}
