using Assay.Cli.Surface;
using Assay.Evaluation;
using Spectre.Console;

namespace Assay.Cli.Measuring;

/// <summary>What was measured, as a table.</summary>
internal static class OutcomeTable
{
    const int WideEnough = 220;
    const string Slices = "slices";

    public static void Print(Output to, EvaluationOutcome outcome)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(to.Text), Ansi = Output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No, ColorSystem = Output.IsTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors });
        // A pipe has no width: nothing may be wrapped or cut there.
        if (!Output.IsTerminal)
            console.Profile.Width = WideEnough;
        var table = new Table().Border(TableBorder.Simple).AddColumns("suite", "measured", "", "value", "interval", "rows", "");
        foreach (var row in outcome.Rows.Where(r => r.Part != Slices))
            table.AddRow(Plain(row.Suite), Plain(row.Name), State(row.State), Plain(Words.Number(row.Value)),
                Plain(row.Low is null && row.High is null ? "" : $"{Words.Number(row.Low)} … {Words.Number(row.High)}"), Plain(row.N?.ToString() ?? ""),
                Plain(string.Join(", ", new[] { row.Text, row.Delta is { } delta ? $"{(delta < 0 ? "" : "+")}{Words.Number(delta)} against {Words.Number(row.Baseline)}" : null }.OfType<string>())));
        console.Write(table);
        // Hundreds of them would hide the rest.
        if (outcome.Rows.Count(r => r.Part == Slices) is > 0 and var more)
            to.Line($"{more} more numbers, of slices: --out DIR and the version's report show them, --json lists them");
    }

    static Text Plain(string text) => new(text);

    static Text State(OutcomeState state) => state switch
    {
        OutcomeState.Failed => new("FAILED", new(Color.Red)),
        OutcomeState.Error => new("ERROR", new(Color.Red)),
        OutcomeState.Passed => new("passed", new(Color.Green)),
        _ => new(state.ToString().ToLowerInvariant()),
    };
}
