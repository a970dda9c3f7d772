using System.Text.Json;
using Assay.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Mlflow;

/// <summary>What a route answers: 200 with a JSON object, or a refusal in MLflow's form.</summary>
public sealed class MlflowAnswer
{
    static readonly ReadOnlyMemory<byte> Nothing = "{}"u8.ToArray();
    readonly Func<HttpContext, Task> write;

    MlflowAnswer(Func<HttpContext, Task> write) => this.write = write;

    /// <summary><c>{}</c>.</summary>
    public static readonly MlflowAnswer Empty = new(context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = 2;
        return context.Response.Body.WriteAsync(Nothing, context.RequestAborted).AsTask();
    });

    /// <summary>An object; the action writes its members.</summary>
    public static MlflowAnswer Object(Action<Utf8JsonWriter> members) => Stream((json, _) =>
    {
        members(json);
        return Task.CompletedTask;
    });

    /// <summary>
    /// An object of unbounded size, written as its rows come: the function writes members and says <c>await json.FlushAsync(ct)</c> now and then.
    /// Whatever can be refused must be refused before.
    /// </summary>
    public static MlflowAnswer Stream(Func<Utf8JsonWriter, CancellationToken, Task> members) => new(async context =>
    {
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.Body);
        json.WriteStartObject();
        await members(json, context.RequestAborted);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    });

    /// <summary>Anything else: files, texts.</summary>
    public static MlflowAnswer Raw(Func<HttpContext, Task> write) => new(write);

    /// <summary>A refusal in MLflow's form.</summary>
    public static implicit operator MlflowAnswer(Refusal refusal) => new(context => MlflowErrors.Write(context, refusal));

    internal Task Write(HttpContext context) => write(context);
}

/// <summary>From results of use cases to answers.</summary>
public static class MlflowAnswers
{
    /// <summary><c>{}</c>, or the refusal.</summary>
    public static async Task<MlflowAnswer> Answer(this Task<Result<Done>> task) => (await task).Refusal is { } refusal ? refusal : MlflowAnswer.Empty;

    /// <summary>An object with the value's members, or the refusal.</summary>
    public static async Task<MlflowAnswer> Answer<T>(this Task<Result<T>> task, Action<Utf8JsonWriter, T> members)
    {
        var result = await task;
        return result.Refusal is { } refusal ? refusal : MlflowAnswer.Object(json => members(json, result.Value));
    }
}
