using Assay.Server.Search;
using Assay.Server.Storage;
using Assay.Server.Tracking;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>A search may start from an index of values, from an order, or from all runs: it finds the same, page by page.</summary>
public sealed class SearchStarts(Servers servers)
{
    static readonly string[] Filters = ["", "metrics.m > 1", "metrics.m <= 1", "metrics.m != 1", "params.p = 'a'", "tags.t = 'b'", "params.p = 'a' AND metrics.m >= 1", "tags.t = 'b' AND params.p = 'a' AND metrics.n < 2"];

    static readonly string[][] Orders = [[], ["metrics.m DESC"], ["metrics.m ASC", "start_time DESC"], ["start_time ASC"], ["metrics.n DESC", "metrics.m"], ["params.p", "metrics.m"]];

    [Theory, BothEngines]
    public async Task Wherever_a_search_starts_it_finds_the_same_pages(Engine engine)
    {
        var server = await servers.On(engine);
        var store = server.Services.GetRequiredService<Store>();
        var experiment = await server.AnExperiment();
        var gen = Gen.Select(Gen.Int[0, 4], OneOf<object?>(null, 0, 1, 2, "NaN"), OneOf<object?>(null, 1, 2), OneOf("a", "b", new string('é', 3000)), OneOf("a", "b"));
        foreach (var (start, m, n, p, t) in gen.Array[30].Single())
        {
            var run = await server.ARun(experiment, start);
            object[] metrics = [.. new[] { ("m", m), ("n", n) }.Where(x => x.Item2 is not null).Select(x => (object)new { key = x.Item1, value = x.Item2, timestamp = 1 })];
            (await server.Post("/runs/log-batch", new { run_id = run, metrics, @params = new[] { MlflowWire.Pair("p", p) }, tags = new[] { MlflowWire.Pair("t", t) } })).Good.ShouldNotBeNull();
        }
        foreach (var filter in Filters)
            foreach (var order in Orders)
            {
                var query = Query(filter, order, null);
                var all = await Pages(store, long.Parse(experiment), filter, order, [new()]);
                foreach (var term in query.Terms.Where(SearchIndex.Serves))
                {
                    (await Pages(store, long.Parse(experiment), filter, order, [new(Term: term)])).ShouldBe(all, $"{filter} by {term.Field.Name}");
                    if (query.Orders.All(o => term.Field.Index!.Carried.ContainsKey(o.Field.Name)))
                        foreach (var newest in (int[])[1, 5, 100])
                            (await Pages(store, long.Parse(experiment), filter, order, [new(Term: term, Newest: newest), new(Term: term, Again: true)])).ShouldBe(all, $"{filter}, newest {newest} by {term.Field.Name}");
                }
                if (query.Orders[0].Field is { Index: not null, Type: FieldType.Real })
                    (await Pages(store, long.Parse(experiment), filter, order, [new(Order: query.Orders[0]), new(Without: query.Orders[0])])).ShouldBe(all, $"{filter} in order of {order[0]}");
                (await server.Post("/runs/search", new { experiment_ids = new[] { experiment }, filter, order_by = order, max_results = 100 })).Good["runs"]?.AsArray().Select(r => (string)r!["info"]!["run_id"]!).ShouldBe(all);
            }
    }

    static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    static SearchQuery Query(string filter, string[] order, string? token) =>
        SearchQuery.Parse(SearchTables.Runs, new(filter, order, token, 3), ["start_time DESC"], ["run_id ASC"]).Value;

    static async Task<List<string>> Pages(Store store, long experiment, string filter, string[] order, SearchStart[] starts)
    {
        List<string> found = [];
        for (string? token = ""; token is not null;)
        {
            var page = (await store.Read(tx => Query(filter, order, token).Read(tx, starts, RunSql.Columns, RunSql.ColumnCount, "tracking_run t", "t.experiment_id = @e0", new SearchScope("= @e0", One: true), RunSql.Read, ("e0", experiment)),
                TestContext.Current.CancellationToken)).Value;
            found.AddRange(page.Items.Select(run => run.RunId));
            token = page.Next;
        }
        return found;
    }
}
