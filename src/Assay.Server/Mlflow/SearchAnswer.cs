using System.Text.Json;
using Assay.Contracts;
using Assay.Server.Search;

namespace Assay.Server.Mlflow;

/// <summary>Writes a page of results a hundred at a time: what they hold is loaded as it is written, and never the whole page.</summary>
public static class SearchAnswer
{
    const int Chunk = 100;

    /// <summary>The page as a list of that name and <c>next_page_token</c>, or the refusal.</summary>
    public static async Task<MlflowAnswer> Of<TRow, T>(Task<Result<SearchPage<TRow>>> search, string name, Func<IReadOnlyList<TRow>, CancellationToken, Task<IReadOnlyList<T>>> load, Action<Utf8JsonWriter, T> members)
    {
        var found = await search;
        if (!found.Ok)
            return found.Refusal!;
        var page = found.Value;
        var first = await load([.. page.Items.Take(Chunk)], CancellationToken.None);
        return MlflowAnswer.Stream(async (json, ct) =>
        {
            if (page.Items.Count > 0)
                await Write(json, page.Items, first);
            json.Put("next_page_token", page.Next);

            async Task Write(Utf8JsonWriter to, IReadOnlyList<TRow> rows, IReadOnlyList<T> loaded)
            {
                to.WriteStartArray(name);
                for (var at = 0; at < rows.Count; at += Chunk)
                {
                    foreach (var item in at == 0 ? loaded : await load([.. rows.Skip(at).Take(Chunk)], ct))
                    {
                        to.WriteStartObject();
                        members(to, item);
                        to.WriteEndObject();
                    }
                    await to.FlushAsync(ct);
                }
                to.WriteEndArray();
            }
        });
    }
}
