namespace Assay.Client.Ledger;

/// <summary>The lines of a file as bytes, one at a time. Every line ends in a line feed: a file cut in the middle of one is said to be.</summary>
sealed class Lines(Stream stream) : IAsyncDisposable
{
    const int MostBytes = 16 << 20;
    byte[] buffer = new byte[1 << 18];
    int from, to;

    /// <summary>The next line without its line feed; null at the end. Throws <see cref="FormatException"/> for a cut or an endless one.</summary>
    public async ValueTask<byte[]?> Next(CancellationToken ct)
    {
        for (var seen = from; ;)
        {
            if (buffer.AsSpan(seen, to - seen).IndexOf((byte)'\n') is >= 0 and var at)
            {
                var line = buffer[from..(seen + at)];
                from = seen + at + 1;
                return line;
            }
            seen = to - from;
            Room();
            var read = await stream.ReadAsync(buffer.AsMemory(to), ct);
            if (read == 0)
                return to == from ? null : throw new FormatException("The file ends in the middle of a line: it was cut.");
            to += read;
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    void Room()
    {
        buffer.AsSpan(from, to - from).CopyTo(buffer);
        (from, to) = (0, to - from);
        if (to < buffer.Length)
            return;
        if (buffer.Length >= MostBytes)
            throw new FormatException("A line is longer than any entry can be.");
        Array.Resize(ref buffer, buffer.Length * 2);
    }
}
