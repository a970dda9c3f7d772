using System.Text.Json;
using System.Text.Json.Serialization;
using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Retries;

/// <summary>
/// The units of one request with a key. Each writes a row under the key in its own transaction, with its result: killed at any moment, a unit
/// was done and remembered, or neither. When the request is sent again its handler runs again, but a unit that was done answers
/// what it answered then, and the rest is done. A twin at the same time waits for the row. (docs/decisions/0008-idempotency.md)
/// </summary>
sealed class KeyedUnits(RequestKey key, Func<Digest> body, TimeProvider time) : IUnitMemory
{
    static readonly JsonSerializerOptions Json = new() { IncludeFields = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>How many units of this request were done, now or before.</summary>
    public int Steps { get; private set; }

    public Func<Tx, Task<Result<T>>> Around<T>(Func<Tx, Task<Result<T>>> unit)
    {
        var (step, type) = (Steps, typeof(T).ToString());
        return async tx =>
        {
            (string, object?)[] at = [("request", key.Request), ("step", step)];
            if (await tx.Execute(RetrySql.TakeStep, [.. at, ("body", body()), ("type", type), ("at", time.GetUtcNow())]) == 0)
                return Recall<T>((await tx.First(RetrySql.Unit, at))!, type);
            var result = await unit(tx);
            if (result.Ok)
                await tx.Execute(RetrySql.SetResult, [.. at, ("result", JsonSerializer.Serialize(result.Value, Json))]);
            return result;
        };
    }

    public void Went() => Steps++;

    Result<T> Recall<T>(DoneUnit done, string type) =>
        done.Body != body().ToString() ? throw RetryRefusals.OtherBody(key)
        : done.Type != type ? throw RetryRefusals.OutcomeLost(key)
        : JsonSerializer.Deserialize<T>(done.Result, Json)!;
}
