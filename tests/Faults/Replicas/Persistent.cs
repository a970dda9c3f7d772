namespace Assay.Tests.Faults.Replicas;

/// <summary>
/// A client that sends each changing call with a key, and sends it again, with the same key, until somebody answers: no answer and 5xx are not
/// one. It also loses answers, and sends some calls twice at once. Counts how often it sent again.
/// </summary>
sealed class Persistent : DelegatingHandler
{
    int repeated, replayed;

    /// <summary>Calls that were sent again.</summary>
    public int Repeated => repeated;

    /// <summary>Answers that were those of an earlier try.</summary>
    public int Replayed => replayed;

    /// <summary>What was said instead of an answer, each once.</summary>
    public System.Collections.Concurrent.ConcurrentDictionary<string, int> Troubles { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var key = Guid.NewGuid().ToString();
        Task<HttpResponseMessage> Answer() => Insist(request, body, key, cancellationToken);
        if (request.Method == HttpMethod.Get)
            return await Answer();
        switch (Random.Shared.Next(6))
        {
            case 0:
                // The answer is lost on its way.
                (await Answer()).Dispose();
                Interlocked.Increment(ref repeated);
                return await Answer();
            case 1:
                // An impatient client: the same call twice at the same time, perhaps at two servers.
                var twins = await Task.WhenAll(Answer(), Answer());
                Interlocked.Increment(ref repeated);
                twins[0].StatusCode.ShouldBe(twins[1].StatusCode);
                twins[1].Dispose();
                return twins[0];
            default:
                return await Answer();
        }
    }

    async Task<HttpResponseMessage> Insist(HttpRequestMessage request, byte[]? body, string key, CancellationToken ct)
    {
        while (true)
        {
            using var copy = Copy(request, body, key);
            try
            {
                var answer = await base.SendAsync(copy, ct);
                if ((int)answer.StatusCode is < 500 or 501)
                {
                    if (answer.Headers.Contains("Idempotency-Replayed"))
                        Interlocked.Increment(ref replayed);
                    // The whole body, or it was no answer.
                    await answer.Content.LoadIntoBufferAsync(ct);
                    return answer;
                }
                Troubles.AddOrUpdate($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(ct)}", 1, (_, n) => n + 1);
                answer.Dispose();
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                Troubles.AddOrUpdate($"{e.GetType().Name} {e.Message}", 1, (_, n) => n + 1);
            }
            Interlocked.Increment(ref repeated);
            await Task.Yield();
        }
    }

    static HttpRequestMessage Copy(HttpRequestMessage request, byte[]? body, string key)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (name, values) in request.Headers)
            copy.Headers.TryAddWithoutValidation(name, values);
        if (request.Method != HttpMethod.Get)
            copy.Headers.Add("Idempotency-Key", key);
        if (body is null)
            return copy;
        copy.Content = new ByteArrayContent(body);
        foreach (var (name, values) in request.Content!.Headers)
            copy.Content.Headers.TryAddWithoutValidation(name, values);
        return copy;
    }
}
