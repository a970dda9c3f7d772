using Assay.Examples.Credit;
using CsCheck;

namespace Assay.Tests.Unit.Credit;

public sealed class LoanData
{
    const string Header = "status,seniority,home,time,age,marital,records,job,expenses,income,assets,debt,amount,price";

    public static string File { get; } = Path.Combine(Repository.Root, "examples", "credit", "data", "credit.csv");

    static async Task<InvalidDataException> Refusal(params string[] lines)
    {
        var path = Path.GetTempFileName();
        await System.IO.File.WriteAllLinesAsync(path, lines);
        var error = await Should.ThrowAsync<InvalidDataException>(LoanFile.ReadAsync(path));
        System.IO.File.Delete(path);
        return error;
    }

    [Fact]
    public async Task Every_loan_is_read_and_written_back_byte_for_byte()
    {
        var file = await LoanFile.ReadAsync(File);
        file.Loans.Count.ShouldBe(4454);
        file.Loans.Count(loan => loan.Bad).ShouldBe(1254);
        file.Loans.Count(loan => float.IsNaN(loan.Numbers[Array.IndexOf(LoanColumns.Numbers, "income")])).ShouldBe(381);
        file.Write(file.Loans).ShouldBe(await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task A_cell_that_is_no_number_is_named_by_line_and_column() =>
        (await Refusal(Header, "good,nine,rent,60,30,married,no,freelance,73,129,0,0,800,846")).Message.ShouldEndWith("line 2: seniority is 'nine'; a number or an empty cell is wanted.");

    [Fact]
    public async Task Missing_columns_are_named_all_at_once() => (await Refusal("status,age", "good,1")).Message.ShouldContain("no column time, seniority, expenses");

    [Fact]
    public async Task A_file_without_rows_is_refused() => (await Refusal(Header)).Message.ShouldContain("no rows");

    [Fact]
    public async Task A_loan_is_on_the_same_side_in_any_order_and_equal_loans_are_on_one_side()
    {
        var file = await LoanFile.ReadAsync(File);
        Gen.Long[0, 1_000_000].Sample(seed =>
        {
            var split = Holdout.Of(file.Loans, seed);
            var backwards = Holdout.Of([.. file.Loans.Reverse()], seed);
            split.HeldOut.Select(loan => loan.Line).Order().ShouldBe(backwards.HeldOut.Select(loan => loan.Line).Order());
            split.HeldOut.Select(loan => loan.Line).Intersect(split.Train.Select(loan => loan.Line)).ShouldBeEmpty();
            (split.HeldOut.Count / (double)file.Loans.Count).ShouldBeInRange(0.26, 0.34);
        }, iter: 10);
    }

    [Fact]
    public void The_area_under_the_curve_is_the_share_of_pairs_in_the_right_order() =>
        Gen.Select(Gen.Int[0, 5].Array[2, 40], Gen.Bool.Array[2, 40]).Sample((levels, bads) =>
        {
            var n = Math.Min(levels.Length, bads.Length);
            Loan[] loans = [.. bads.Take(n).Select(bad => new Loan("", bad, [], []))];
            if (loans.All(loan => loan.Bad) || !loans.Any(loan => loan.Bad))
                return;
            float[] scores = [.. levels.Take(n).Select(level => level / 5f)];
            var pairs = (from i in Enumerable.Range(0, n)
                         where loans[i].Bad
                         from j in Enumerable.Range(0, n)
                         where !loans[j].Bad
                         select scores[i] > scores[j] ? 1.0 : scores[i] == scores[j] ? 0.5 : 0).ToArray();
            Quality.Of(scores, loans).Auc.ShouldBe(pairs.Average(), 1e-12);
        });
}
