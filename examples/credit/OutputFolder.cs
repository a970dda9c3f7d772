using System.Globalization;
using System.Text;

namespace Assay.Examples.Credit;

/// <summary>The files that later steps measure with: the loans that training never saw, and what the trainer says of some of them.</summary>
public sealed class OutputFolder(string path)
{
    /// <summary>How many rows the parity file has: as many as a comparison of two ways to score should rest on.</summary>
    public const int ParityRows = 500;

    /// <summary>Writes <c>heldout.csv</c> and <c>parity.csv</c>; offline also <c>model/</c>.</summary>
    public async Task WriteAsync(LoanFile file, Outcome outcome, bool withModel, CancellationToken ct)
    {
        Directory.CreateDirectory(path);
        await File.WriteAllBytesAsync(Path.Combine(path, "heldout.csv"), file.Write(outcome.Data.HeldOut), ct);
        await File.WriteAllTextAsync(Path.Combine(path, "parity.csv"), Parity(file, outcome), ct);
        if (withModel)
            await Client.ModelFolder.Of(ModelDescription.Of(outcome), "model", runId: null, TimeProvider.System.GetUtcNow()).WriteToAsync(Path.Combine(path, "model"), ct);
    }

    /// <summary>The rows as they are in the data, with the trainer's own score behind them.</summary>
    public static string Parity(LoanFile file, Outcome outcome)
    {
        var text = new StringBuilder(file.Header).Append(",prediction\n");
        foreach (var (loan, score) in outcome.Data.HeldOut.Zip(outcome.HeldOutScores).Take(ParityRows))
            text.Append(loan.Line).Append(',').Append(score.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
        return text.ToString();
    }
}
