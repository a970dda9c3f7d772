using System.Net;

namespace Assay.Tests.Wire.Retries;

/// <summary>
/// A client whose answers are lost: each state-changing call is sent with a key, the server is made to forget what it answered (as if it had been
/// killed after the commit), and the call is sent again. Gives the second answer, which must be the first.
/// </summary>
sealed class SentTwice(TestServer server) : DelegatingHandler(new HttpClientHandler())
{
    /// <summary>Each call that was sent twice: method and path.</summary>
    public List<string> Calls { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
            return await base.SendAsync(request, cancellationToken);
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        using var first = await base.SendAsync(Again(request, body), cancellationToken);
        await server.Write("DELETE FROM retries_answer");
        var second = await base.SendAsync(Again(request, body), cancellationToken);
        if (first.IsSuccessStatusCode)
        {
            var told = $"{request.Method} {request.RequestUri!.AbsolutePath}";
            second.StatusCode.ShouldBe(first.StatusCode, $"{told}: {await second.Content.ReadAsStringAsync(cancellationToken)}");
            (await second.Content.ReadAsStringAsync(cancellationToken)).ShouldBe(await first.Content.ReadAsStringAsync(cancellationToken), told);
            second.Headers.Location.ShouldBe(first.Headers.Location, told);
            Calls.Add(told);
        }
        return second;
    }

    static HttpRequestMessage Again(HttpRequestMessage request, byte[]? body)
    {
        var again = new HttpRequestMessage(request.Method, request.RequestUri) { Version = HttpVersion.Version11 };
        foreach (var (name, values) in request.Headers)
            again.Headers.TryAddWithoutValidation(name, values);
        if (body is null)
            return again;
        again.Content = new ByteArrayContent(body);
        foreach (var (name, values) in request.Content!.Headers)
            again.Content.Headers.TryAddWithoutValidation(name, values);
        return again;
    }
}
