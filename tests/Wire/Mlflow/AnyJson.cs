using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;

namespace Assay.Tests.Wire.Mlflow;

/// <summary>Generates request bodies as text: objects of MLflow's fields with values of every kind, right and wrong, and things that are no JSON at all.</summary>
static class AnyJson
{
    /// <summary>Every field of the protocol, in both case styles where they differ.</summary>
    static readonly string[] Fields =
    [
        "run_id", "run_uuid", "runId", "experiment_id", "experimentId", "experiment_ids", "experiment_name", "name", "new_name", "version", "alias", "stage", "stages", "key", "value", "timestamp", "step", "metrics", "params", "tags",
        "datasets", "dataset", "digest", "source_type", "source", "schema", "profile", "models", "model_id", "model_json", "model_type", "source_run_id", "status", "end_time", "start_time", "user_id", "run_name", "description", "run_link",
        "archive_existing_versions", "artifact_location", "artifact_path", "filter", "order_by", "orderBy", "page_token", "max_results", "view_type", "run_view_type", "metric_key", "run_ids", "start_step", "end_step", "path", "field_name",
        "ascending", "dataset_name", "dataset_digest", "artifact_directory_path", "artifact_file_path", "upload_id", "parts", "num_parts", "unknown", "\\ud800", "",
    ];

    /// <summary>JSON values as they stand in a body; those that stand for a thing that is there are given by the test.</summary>
    static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1.5", "-0", "1e300", "1e400", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890", "\"\"", "\" \"", "\"x\"", "\"0\"", "\"1\"", "\"NaN\"", "\"-Infinity\"", "\"TRUE\"",
        "\"FINISHED\"", "\"ALL\"", "\"READY\"", "\"Production\"", "\"latest\"", "\"champion\"", "\"../x\"", "\"a/b\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00x\"", "\"é中😀\"", "\"a'; DROP TABLE tracking_run; --\"", "\"%00%ff\"",
        "\"name LIKE '%\\\\'\"", "\"metrics.a > 1e999\"", "\"tags.`a` ILIKE '\\\\%_'\"", "\"run_id IN ('a', 'b')\"", "\"params.`\\ud800` = ''\"", "\"creation_time DESC\"", "\"metrics.a DESC\"", "\"models:/x/1\"", "\"runs:/x/y\"", "\"mlflow-artifacts:/0/x\"", "\"file:///etc/passwd\"", "\"s3://b/k\"",
        "[]", "{}", "[[]]", "[null]", "[1]", "[\"x\"]", "[{}]", "{\"key\":\"k\",\"value\":\"v\"}", "[{\"key\":\"k\",\"value\":\"v\"}]", "[{\"key\":\"k\",\"value\":\"v\"},{\"key\":\"k\",\"value\":\"w\"}]",
        "[{\"key\":\"m\",\"value\":1,\"timestamp\":1,\"step\":1}]", "[{\"key\":\"m\",\"value\":\"NaN\",\"timestamp\":\"1\",\"step\":\"-5\"}]", "[{\"key\":\"m\",\"value\":1,\"timestamp\":1,\"model_id\":\"m-x\",\"dataset_name\":\"d\"}]",
        "[{\"dataset\":{\"name\":\"n\",\"digest\":\"d\",\"source_type\":\"s\",\"source\":\"u\"}}]", "[{\"dataset\":[]}]", "[{\"model_id\":\"m\",\"step\":\"x\"}]", "[{\"field_name\":\"metrics.a`b\"}]", "[{\"dataset_name\":\"d\",\"dataset_digest\":null}]",
        "\"{\\\"artifact_path\\\":\\\"m\\\",\\\"flavors\\\":{},\\\"utc_time_created\\\":\\\"x\\\",\\\"run_id\\\":\\\"r\\\"}\"", "\"{\\\"artifact_path\\\":1,\\\"artifact_path\\\":2,\\\"flavors\\\":{},\\\"utc_time_created\\\":\\\"\\\\ud800\\\",\\\"run_id\\\":\\\"r\\\"}\"", "\"{\\\"a\\\":1,\\\"a\\\":2}\"",
    ];

    static readonly string Long = $"\"{new string('x', 20_000)}\"";

    /// <summary>One of these.</summary>
    public static Gen<T> One<T>(params T[] these) => Gen.Int[0, these.Length - 1].Select(i => these[i]);

    /// <summary>A body: mostly an object of fields, now and then something broken. <paramref name="known"/> are ids and names of things that are there.</summary>
    public static Gen<string> Body(IReadOnlyList<string> known)
    {
        var value = Gen.Frequency((6, One(Values)), (3, One([.. known.Select(k => JsonSerializer.Serialize(k))])), (1, Gen.String.Select(s => JsonSerializer.Serialize(s))), (1, Gen.Const(Long)), (1, Gen.Double.Select(d => double.IsFinite(d) ? JsonSerializer.Serialize(d) : "1e999")));
        var member = Gen.Select(One(Fields), value, (field, v) => $"\"{field}\":{v}");
        var body = Gen.Select(One([.. known]), member.Array[0, 9], Gen.Bool, (id, members, withRun) => $"{{{string.Join(',', withRun ? [.. members, $"\"run_id\":{JsonSerializer.Serialize(id)}"] : members)}}}");
        return Gen.Frequency((16, body), (1, Broken(body)));
    }

    /// <summary>The same body with one thing in it made wrong: a value of another kind, a member gone, a member too many.</summary>
    public static Gen<string> Wronged(JsonNode body) => Gen.Select(Gen.Int[0, 999], Gen.Frequency((8, One(Values)), (1, Gen.Const(Long))), Gen.Int[0, 9], (at, value, how) =>
    {
        var copy = body.DeepClone();
        var places = Places(copy).ToList();
        if (places.Count == 0)
            return value;
        var place = places[at % places.Count];
        const string Mark = "\u0001here";
        switch (how)
        {
            case 0 when place.Parent is JsonObject parent:
                parent.Remove(place.GetPropertyName());
                break;
            case 1 when place.Parent is JsonArray list:
                for (var i = 0; i < 2000; i++)
                    list.Add(place.DeepClone());
                break;
            default:
                place.ReplaceWith(Mark);
                break;
        }
        return copy.ToJsonString().Replace(JsonSerializer.Serialize(Mark), value, StringComparison.Ordinal);
    });

    static IEnumerable<JsonNode> Places(JsonNode node) => node switch
    {
        JsonObject members => members.Where(m => m.Value is not null).SelectMany(m => Places(m.Value!).Prepend(m.Value!)),
        JsonArray items => items.Where(i => i is not null).SelectMany(i => Places(i!).Prepend(i!)),
        _ => [],
    };

    static Gen<string> Broken(Gen<string> body) => Gen.OneOf(
        One("", " ", "[", "{", "nul", "[]", "1", "\"\"", "\"\\ud800\"", "\"{\"", "\ufeff{}", "{\"a\":NaN}", "{'a':1}", "{\"a\":1,}", "{} {}", "\0", new string('[', 70), new string('[', 10_000), "{\"a\":" + new string('[', 62) + new string(']', 62) + "}"),
        Gen.Select(body, Gen.Int[0, 200], (whole, cut) => whole[..Math.Min(cut, whole.Length)]),
        body.Select(whole => JsonSerializer.Serialize(whole)),
        Gen.String);
}
