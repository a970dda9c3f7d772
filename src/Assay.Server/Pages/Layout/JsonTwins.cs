using Assay.Server.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Pages.Layout;

/// <summary>The address of a page with <c>.json</c> behind it leads to the same facts at the API. A model's own page has none, because a model may be called so.</summary>
internal static class JsonTwins
{
    const string Api = "/api/assay/v1";

    internal static void MapJsonTwins(this IEndpointRouteBuilder app)
    {
        var twins = app.MapGroup("").ExcludeFromDescription().Allows(Permission.Known, On.Nothing);
        twins.MapGet("/models.json", () => To("/models"));
        twins.MapGet("/environments.json", () => To("/environments"));
        twins.MapGet("/ledger.json", () => To("/ledger/entries"));
        twins.MapGet("/models/{model}/versions.json", (string model) => To($"/models/{Safe(model)}/versions"));
        twins.MapGet("/models/{model}/versions/{version}.json", (string model, string version) => To($"/models/{Safe(model)}/versions/{Safe(version)}"));
        twins.MapGet("/models/{model}/environments/{environment}/why.json", (string model, string environment, HttpContext context) => To($"/environments/{Safe(environment)}/models/{Safe(model)}/why", context));
        twins.MapGet("/models/{model}/environments/{environment}/state.json", (string model, string environment, HttpContext context) => To($"/environments/{Safe(environment)}/models/{Safe(model)}", context));
    }

    static string Safe(string name) => Uri.EscapeDataString(name);

    static IResult To(string path, HttpContext? context = null) => Results.LocalRedirect(Api + path + context?.Request.QueryString);
}
