using System.Buffers;
using Assay.Cli.Surface;
using Assay.Client;
using Assay.Contracts;
using Assay.Evaluation;

namespace Assay.Cli.Measuring;

/// <summary>What is known of the program that measures: the commit of the suites' repository, by git or by the CI job, and the image it runs in.</summary>
internal static class EvaluatorOrigin
{
    /// <summary>The variable with the digest of the container image, such as <c>sha256:4f2a…</c>; a job sets it, for a container does not know its own.</summary>
    const string ImageVariable = "ASSAY_IMAGE_DIGEST";

    static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>Asks git about the suite's folder; where git is silent the CI job's own word counts.</summary>
    public static async Task<EvaluatorFacts> Of(string suite, CancellationToken ct)
    {
        var git = await GitFacts.AskAsync(Path.GetDirectoryName(Path.GetFullPath(suite)) ?? ".", ct);
        var commit = git.Commit ?? CiFacts.Read(Environment.GetEnvironmentVariable)?.Commit;
        return new(IsCommit(commit) ? commit : null, git.Commit is not null && git.Dirty == true, Image(Environment.GetEnvironmentVariable(ImageVariable)));
    }

    static bool IsCommit(string? text) => text is { Length: 40 or 64 } && !text.AsSpan().ContainsAnyExcept(Hex);

    static Digest? Image(string? text) => text is not { Length: > 0 } ? null
        : Digest.TryParse(text, out var digest) ? digest : throw new WrongUseException($"{ImageVariable} is '{text}', which is no digest.", "Give sha256: and 64 lower-case hex digits, or unset it.");
}
