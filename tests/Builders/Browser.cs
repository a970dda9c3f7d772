using System.Net;

namespace Assay.Tests.Builders;

/// <summary>What a browser does, without one: keeps cookies, sends Origin with forms, and follows nothing by itself.</summary>
sealed class Browser(string home) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>Its cookies.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>The header lines of cookies that were set, as they came.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>Looks at a page of the registry.</summary>
    public Task<Page> Get(string path) => Send(new(HttpMethod.Get, home + path));

    /// <summary>Sends a form of a page of the registry.</summary>
    public Task<Page> Post(string path, params (string Name, string Value)[] form)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, home + path) { Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        request.Headers.Add("Origin", home);
        return Send(request);
    }

    public async Task<Page> Send(HttpRequestMessage request)
    {
        using (request)
        {
            var ours = request.RequestUri!.ToString().StartsWith(home, StringComparison.Ordinal);
            request.Headers.Accept.ParseAdd("text/html");
            if (ours && Cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(c => $"{c.Key}={c.Value}")));
            using var answer = await http.SendAsync(request);
            if (ours && answer.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var line in set)
                    Keep(line);
            return new(answer.StatusCode, answer.Headers.Location?.ToString(), await answer.Content.ReadAsStringAsync());
        }
    }

    /// <summary>Begins to sign in and gives the address at the provider.</summary>
    public async Task<string> Begin(string path = "/signin/start")
    {
        var start = await Get(path);
        start.Status.ShouldBe(HttpStatusCode.Redirect, start.Text);
        return start.Location!;
    }

    /// <summary>Goes to the provider, where it is this person, and gives the address that it is sent back to.</summary>
    public async Task<string> AtProvider(string address, string person)
    {
        var back = await Send(new(HttpMethod.Get, $"{address}&as={person}"));
        back.Status.ShouldBe(HttpStatusCode.Redirect, back.Text);
        back.Location.ShouldStartWith(home);
        return back.Location![home.Length..];
    }

    /// <summary>Signs in from the first page to the last, and gives the last answer.</summary>
    public async Task<Page> SignIn(string person, string path = "/signin/start") => await Get(await AtProvider(await Begin(path), person));

    void Keep(string line)
    {
        SetCookies.Add(line);
        var pair = line.Split(';')[0].Split('=', 2);
        if (pair[1].Length == 0)
            Cookies.Remove(pair[0]);
        else
            Cookies[pair[0]] = pair[1];
    }

    public void Dispose() => http.Dispose();
}

/// <summary>A page as a browser sees it.</summary>
sealed record Page(HttpStatusCode Status, string? Location, string Text);
