using System.Net;

namespace Assay.Client;

/// <summary>Which answers are tried again, how often and after how long: MLflow's own list and count, with a quicker start.</summary>
sealed class Retrying(int retries, TimeSpan firstDelay, TimeProvider time)
{
    static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    public static bool IsTransient(HttpStatusCode status) => (int)status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Sends until an answer is final. Every attempt gets a new request, because a body is read only once.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken ct)
    {
        for (var attempt = 0; ; attempt++)
        {
            TimeSpan? asked = null;
            try
            {
                var answer = await send(ct).ConfigureAwait(false);
                if (!IsTransient(answer.StatusCode) || attempt >= retries)
                    return answer;
                asked = Asked(answer);
                answer.Dispose();
            }
            catch (Exception error) when (NoAnswer(error, ct) && attempt < retries)
            {
                // Tried again below: connecting, sending or waiting failed, and the caller did not give up.
            }
            await Task.Delay(Delay(attempt, asked), time, ct).ConfigureAwait(false);
        }
    }

    public static bool NoAnswer(Exception error, CancellationToken ct) =>
        error is HttpRequestException || (error is OperationCanceledException && !ct.IsCancellationRequested);

    /// <summary>Doubles, up to half as much again so that many clients do not come back together; the server's wish wins.</summary>
    TimeSpan Delay(int attempt, TimeSpan? asked)
    {
        var doubled = firstDelay * Math.Pow(2, attempt) * (1 + Random.Shared.NextDouble() / 2);
        var delay = asked ?? doubled;
        return delay < LongestDelay ? delay : LongestDelay;
    }

    TimeSpan? Asked(HttpResponseMessage answer)
    {
        var after = answer.Headers.RetryAfter;
        var wanted = after?.Delta ?? after?.Date - time.GetUtcNow();
        return wanted > TimeSpan.Zero ? wanted : null;
    }
}
