using System.Globalization;
using System.Text.Json;
using Assay.Contracts;

namespace Assay.Server.Mlflow;

/// <summary>Everything that is wrong with the arguments of one request, told at once: a client that is wrong in three places need not ask three times.</summary>
sealed class ArgumentProblems
{
    // A list of a million wrong members would else be a message of a hundred megabytes.
    const int MostTold = 20;
    const string Mend = "See docs/mlflow-compatibility.md and docs/limits.md for what this route takes.";

    readonly List<string> told = [];
    Refusal? limit;
    string? first;
    int more;

    /// <summary>How many so far.</summary>
    public int Count => told.Count + more + (limit is null ? 0 : 1);

    /// <summary>All of them as one refusal, or null. A limit speaks alone: what lies behind it was not looked at.</summary>
    public Refusal? Refusal =>
        limit ?? (told.Count == 0 ? null : new(RefusalKind.Invalid, "bad-arguments", string.Join(" ", told) + (more > 0 ? $" And {more} more." : ""), Mend, first));

    public void Missing(string path) => Add(path, $"Missing value for required parameter '{path}'.");

    public void Invalid(string path, string value, string why) => Add(path, $"Invalid value {MlflowValues.Quoted(value)} for parameter '{path}' supplied: {why}");

    public void Invalid(string path, long value, string why) => Add(path, string.Create(CultureInfo.InvariantCulture, $"Invalid value {value} for parameter '{path}' supplied: {why}"));

    public void Invalid(string path, JsonElement value, string why) => Add(path, $"Invalid value {MlflowValues.Shown(value)} for parameter '{path}' supplied: {why}");

    public void Unsound(string path) => Add(path, $"Invalid value for parameter '{path}' supplied: a text holds a NUL character or is no valid Unicode.");

    public void Wrong(string path, string what) => Add(path, what);

    /// <summary>Notes a limit that was passed, if it was.</summary>
    public bool Over(Refusal? refusal)
    {
        limit ??= refusal;
        return refusal is not null;
    }

    void Add(string path, string what)
    {
        first ??= path;
        if (told.Count < MostTold)
            told.Add(what);
        else
            more++;
    }
}
