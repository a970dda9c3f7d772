using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Assay.Server.Mlflow;

/// <summary>
/// Declares MLflow's routes: one line each, from which every prefix comes (<c>/api/2.0</c> and <c>/ajax-api/2.0</c>, or 3.0 for both).
/// A route is a way to read its arguments and a handler; wrong arguments never reach the handler.
/// </summary>
public sealed class MlflowRoutes(IEndpointRouteBuilder app, string family = "/mlflow", int major = 2)
{
    /// <summary>The same prefixes with another family of paths, such as <c>/mlflow-artifacts</c>.</summary>
    public MlflowRoutes Under(string other) => new(app, other, major);

    /// <summary>The same family in another major version of the API.</summary>
    public MlflowRoutes Version(int other) => new(app, family, other);

    /// <summary>
    /// Declares a route: <paramref name="methods"/> such as <c>"POST"</c> or <c>"POST,GET"</c>, <paramref name="path"/> behind the family,
    /// how its arguments are read, and what it does. Say on the answer what it needs, and about what.
    /// </summary>
    public MlflowRoute<TRequest> Map<TRequest>(string methods, string path, Func<MlflowArguments, TRequest> read, Func<TRequest, MlflowCall, Task<MlflowAnswer>> handle) =>
        Declare(methods, path, ajaxOnly: false, read, handle);

    /// <summary>A route that MLflow has only for its own pages, under <c>/ajax-api</c>.</summary>
    public MlflowRoute<TRequest> MapAjax<TRequest>(string methods, string path, Func<MlflowArguments, TRequest> read, Func<TRequest, MlflowCall, Task<MlflowAnswer>> handle) =>
        Declare(methods, path, ajaxOnly: true, read, handle);

    /// <summary>A route whose body is not JSON (bytes up or down): the handler reads the request itself.</summary>
    public IEndpointConventionBuilder MapBytes(string methods, string path, Func<MlflowCall, Task<MlflowAnswer>> handle) =>
        Declare(methods, path, ajaxOnly: false, context => Answer(context, handle));

    /// <inheritdoc cref="MapBytes"/>
    public IEndpointConventionBuilder MapAjaxBytes(string methods, string path, Func<MlflowCall, Task<MlflowAnswer>> handle) =>
        Declare(methods, path, ajaxOnly: true, context => Answer(context, handle));

    /// <summary>A route at the root, without any prefix, such as <c>/get-artifact</c>.</summary>
    public IEndpointConventionBuilder MapRoot(string methods, string path, Func<MlflowCall, Task<MlflowAnswer>> handle) =>
        new Many([One(methods, path, context => Answer(context, handle))]);

    MlflowRoute<TRequest> Declare<TRequest>(string methods, string path, bool ajaxOnly, Func<MlflowArguments, TRequest> read, Func<TRequest, MlflowCall, Task<MlflowAnswer>> handle)
    {
        var route = new MlflowRoute<TRequest>(read, handle);
        route.Declared(Declare(methods, path, ajaxOnly, route.Answer));
        return route;
    }

    Many Declare(string methods, string path, bool ajaxOnly, RequestDelegate handle)
    {
        string[] roots = ajaxOnly ? ["/ajax-api"] : ["/api", "/ajax-api"];
        return new([.. roots.Select(root => One(methods, $"{root}/{major}.0{family}{path}", handle))]);
    }

    IEndpointConventionBuilder One(string methods, string pattern, RequestDelegate handle) =>
        app.MapMethods(pattern, [.. methods.Split(',').SelectMany(m => m == "GET" ? (string[])["GET", "HEAD"] : [m])], handle).ExcludeFromDescription();

    static async Task Answer(HttpContext context, Func<MlflowCall, Task<MlflowAnswer>> handle) =>
        await (await handle(new(context))).Write(context);

    /// <summary>The endpoints of one declaration; what is said of it holds for each.</summary>
    sealed class Many(IReadOnlyList<IEndpointConventionBuilder> each) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention)
        {
            foreach (var one in each)
                one.Add(convention);
        }

        public void Finally(Action<EndpointBuilder> finallyConvention)
        {
            foreach (var one in each)
                one.Finally(finallyConvention);
        }
    }
}
