using Assay.Contracts.Wire;
using Assay.Server.Identity;
using Assay.Server.Registry;
using Assay.Server.Search;

namespace Assay.Server.Mlflow;

/// <summary>Searches of registered models and versions. The R client POSTs the first, so both take either method.</summary>
sealed class RegistrySearchRoutes(RegistrySearch search, VersionJson json)
{
    public void Map(MlflowRoutes mlflow)
    {
        mlflow.Map("GET,POST", "/registered-models/search", a => SearchArguments.Read(a, standard: 100, WireLimits.ModelPage), Models).Lists();
        mlflow.Map("GET,POST", "/model-versions/search", a => SearchArguments.Read(a, standard: 200_000, WireLimits.VersionPage), Versions).Lists();
    }

    Task<MlflowAnswer> Models(SearchRequest request, MlflowCall call) =>
        SearchAnswer.Of(search.FindModels(call.Sees, request, call.Ct), "registered_models", search.Load, (to, found) => json.Model(to, found.Model, found.Versions));

    Task<MlflowAnswer> Versions(SearchRequest request, MlflowCall call) => SearchAnswer.Of(search.FindVersions(call.Sees, request, call.Ct), "model_versions", search.Load, json.Version);
}
