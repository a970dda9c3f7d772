namespace Assay.Cli.Access;

/// <summary>
/// GitLab (and whatever else puts tokens into variables): <c>ASSAY_ID_TOKEN</c>, then <c>ASSAY_ID_TOKEN_2</c>, <c>ASSAY_ID_TOKEN_3</c> … up to 9. They are
/// made when the job starts, and each is good for one exchange.
/// </summary>
internal sealed class CiTokenFromVariables(IReadOnlyList<string> tokens) : CiTokenSource
{
    const string Variable = "ASSAY_ID_TOKEN";
    int given;

    public override string Name => Variable;

    public override bool Finite => true;

    public static CiTokenFromVariables? Of(Func<string, string?> variable) =>
        Enumerable.Range(1, 9).Select(i => variable(i == 1 ? Variable : $"{Variable}_{i}")?.Trim()).Where(t => t is { Length: > 0 }).ToList() is { Count: > 0 } tokens ? new(tokens!) : null;

    public override Task<string> Next(string audience, CancellationToken ct) => Interlocked.Increment(ref given) is var turn && turn <= tokens.Count
        ? Task.FromResult(tokens[turn - 1])
        : throw new CiTokenException(
            $"All {tokens.Count} identity tokens of the job ({Variable}, {Variable}_2 …) were exchanged, and each is good for one exchange. Declare one more under id_tokens: for each scope that the job needs at once.");
}
