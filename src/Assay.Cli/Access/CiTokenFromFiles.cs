namespace Assay.Cli.Access;

/// <summary>
/// Kubernetes: projected service account tokens, which the kubelet puts anew in their files before they expire. <c>ASSAY_ID_TOKEN_FILE</c> names one file,
/// or several with ':' between them; without it <c>/var/run/secrets/assay/token</c> is looked at.
/// </summary>
internal sealed class CiTokenFromFiles(IReadOnlyList<string> files) : CiTokenSource
{
    const string Usual = "/var/run/secrets/assay/token";
    readonly HashSet<string> given = new(StringComparer.Ordinal);

    public override string Name => string.Join(" and ", files);

    public static CiTokenFromFiles? Of(Func<string, string?> variable) =>
        variable("ASSAY_ID_TOKEN_FILE") is { Length: > 0 } named ? new(named.Split(':', StringSplitOptions.RemoveEmptyEntries)) : File.Exists(Usual) ? new([Usual]) : null;

    public override async Task<string> Next(string audience, CancellationToken ct)
    {
        foreach (var file in files)
        {
            var token = await Read(file, ct);
            lock (given)
                if (token.Length > 0 && given.Add(token))
                    return token;
        }
        throw new CiTokenException(
            $"The identity token in {Name} was exchanged already, and each is good for one exchange. The kubelet writes another when four fifths of its time are over: give it expirationSeconds: 600, and project one more token for each scope that the job needs at once (ASSAY_ID_TOKEN_FILE=FILE:FILE).");
    }

    static async Task<string> Read(string file, CancellationToken ct)
    {
        try
        {
            return (await File.ReadAllTextAsync(file, ct)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CiTokenException($"The identity token cannot be read: {e.Message}", e);
        }
    }
}
