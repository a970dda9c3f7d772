using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace Assay.Bench;

/// <summary>
/// One keep-alive HTTP/1.1 connection with nothing around it: on a machine that client and server share, what the client spends is missing at the server.
/// Takes bodies of known length and chunked ones; an answer that is not 200 is an error.
/// </summary>
sealed class KeepAlive : IDisposable
{
    readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly Uri url;
    byte[] buffer = new byte[1 << 16];
    int start, end;

    KeepAlive(Uri url) => this.url = url;

    public static async Task<KeepAlive> Open(Uri url)
    {
        var one = new KeepAlive(url);
        await one.socket.ConnectAsync(url.Host, url.Port);
        return one;
    }

    public byte[] Post(string route, string json) => Request("POST", "/api/2.0/mlflow/" + route, json);

    public byte[] Request(string method, string path, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return [.. Encoding.ASCII.GetBytes($"{method} {path} HTTP/1.1\r\nHost: {url.Authority}\r\n{(method == "GET" ? "" : $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n")}\r\n"), .. body];
    }

    /// <summary>Sends a request and reads its whole answer, holding none of it; returns the bytes of its body.</summary>
    public async Task<long> Call(ReadOnlyMemory<byte> request)
    {
        for (var rest = request; rest.Length > 0;)
            rest = rest[await socket.SendAsync(rest)..];
        var head = await Head();
        if (!head.StartsWith("http/1.1 200", StringComparison.Ordinal))
        {
            await socket.ReceiveAsync(buffer);
            throw new InvalidDataException(head + Encoding.UTF8.GetString(buffer, start, end - start));
        }
        return head.Contains("transfer-encoding: chunked", StringComparison.Ordinal) ? await Chunks() : await Skip(Length(head));
    }

    async Task<string> Head()
    {
        int at;
        while ((at = buffer.AsSpan(start, end - start).IndexOf("\r\n\r\n"u8)) < 0)
            await Fill();
        var head = Encoding.ASCII.GetString(buffer, start, at + 4).ToLowerInvariant();
        start += at + 4;
        return head;
    }

    static long Length(string head)
    {
        var at = head.IndexOf("content-length:", StringComparison.Ordinal);
        return at < 0 ? 0 : long.Parse(head.AsSpan(at + 15, head.IndexOf('\r', at) - at - 15));
    }

    async Task<long> Chunks()
    {
        for (long all = 0; ;)
        {
            int at;
            while ((at = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8)) < 0)
                await Fill();
            if (!Utf8Parser.TryParse(buffer.AsSpan(start, at), out long size, out _, 'x'))
                throw new InvalidDataException("no length of a chunk");
            start += at + 2;
            await Skip(size + 2);
            if (size == 0)
                return all;
            all += size;
        }
    }

    async Task<long> Skip(long count)
    {
        for (var left = count; left > 0;)
        {
            if (start == end)
                await Fill();
            var taken = (int)Math.Min(left, end - start);
            start += taken;
            left -= taken;
        }
        return count;
    }

    async Task Fill()
    {
        if (start == end)
            start = end = 0;
        else if (end == buffer.Length)
        {
            var rest = buffer.AsSpan(start, end - start);
            var next = start == 0 ? new byte[buffer.Length * 2] : buffer;
            rest.CopyTo(next);
            (buffer, start, end) = (next, 0, rest.Length);
        }
        var read = await socket.ReceiveAsync(buffer.AsMemory(end));
        end += read > 0 ? read : throw new EndOfStreamException("the server closed the connection");
    }

    public void Dispose() => socket.Dispose();
}
