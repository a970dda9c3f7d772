using Assay.Client;

namespace Assay.Examples.Credit;

/// <summary>The model as it is logged: bytes, what it takes and gives, a few rows that it accepts.</summary>
public static class ModelDescription
{
    const int ExampleRows = 3;

    /// <summary>The columns the model takes. Numbers are doubles, as data frames have them; the graph works in single precision.</summary>
    public static readonly TableSchema Inputs = new(
    [
        .. LoanColumns.Numbers.Select(name => new Column(name, ColumnType.Double)),
        .. LoanColumns.Words.Select(name => new Column(name, ColumnType.String)),
    ]);

    /// <summary>The model to be logged.</summary>
    public static OnnxModel Of(Outcome outcome) => OnnxModel.FromBytes(outcome.Onnx, new(Inputs, new(new Column(CreditGraph.Output, ColumnType.Float)))) with
    {
        Example = new(LoanColumns.Inputs, [.. outcome.Data.Train.Take(ExampleRows).Select(Row)]),
        Metadata = new Dictionary<string, string> { ["positive"] = LoanColumns.Bad, ["score"] = "the probability that the loan ends badly" },
    };

    static IReadOnlyList<object?> Row(Loan loan) => [.. loan.Numbers.Select(value => (object?)(double)value), .. loan.Words];
}
