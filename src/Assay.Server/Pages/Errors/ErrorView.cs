using Assay.Contracts;
using Assay.Plots;

namespace Assay.Server.Pages.Errors;

/// <summary>What an error page says: what is so, whether anything was half done, what to do.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">What is so, in one sentence.</param>
/// <param name="Detail">Why, and what follows.</param>
/// <param name="Tone">How bad.</param>
public sealed record ErrorView(int Status, string Title, string? Detail, Tone Tone)
{
    /// <summary>Where the reader perhaps wanted to go.</summary>
    public IReadOnlyList<(string Name, string Address)> Instead { get; init; } = [];

    /// <summary>An address that leads nowhere.</summary>
    public static ErrorView NoSuchPage(string path) => new(404, "There is no such page", $"Nothing stands at {path}. Addresses are made of names: /models/NAME, /environments/NAME, /runs/ID.", Tone.None)
    {
        Instead = [("Overview of all models", "/"), ("Environments", "/environments"), ("Experiments and their runs", "/experiments"), ("Ledger", "/ledger")],
    };

    /// <summary>What a room refused, with its mend.</summary>
    public static ErrorView Refused(Refusal refusal, params IReadOnlyList<(string Name, string Address)> instead) => new(Http.Refused.StatusOf(refusal.Kind), refusal.Message, refusal.Mend, Tone.Warn)
    {
        Instead = instead is [] ? [("Overview of all models", "/")] : instead,
    };

    /// <summary>The database does not answer.</summary>
    public static ErrorView StorageGone(string reason) => new(503, "The database does not answer",
        $"{reason} What models serve is not touched by this, and a rollback to what was already approved works from the pulled bundle. Training clients retry by themselves. Read this page again in a minute.", Tone.Bad)
    {
        Instead = [("State of the registry itself", "/status")],
    };

    /// <summary>A bug of ours.</summary>
    public static ErrorView Bug(string number) => new(500, $"Something broke on our side (request {number})",
        "Nothing you did was half saved: it is either in the ledger or it did not happen. Try again; if it comes back, give whoever runs this server the number.", Tone.Bad)
    {
        Instead = [("Ledger", "/ledger"), ("State of the registry itself", "/status")],
    };
}
