using Assay.Client;

namespace Assay.Tests.Unit.Client;

public sealed class ParityFiles
{
    [Fact]
    public void Rows_and_answers_read_back_as_they_were()
    {
        var csv = ParityRows.Csv(new(["age", "shop"], [[0.1, "a, \"b\""], [null, "c"], [1e-300, ""]]), [0.25f, double.NaN, 1], "prediction");
        csv.ShouldBe("age,shop,prediction\n0.1,\"a, \"\"b\"\"\",0.25\n,c,\n1E-300,,1\n");
    }

    [Fact]
    public void Answers_that_do_not_go_with_the_rows_are_refused()
    {
        Should.Throw<ArgumentException>(() => ParityRows.Csv(new(["age"], [[1], [2]]), [1], "prediction")).Message.ShouldContain("2 rows and 1 predictions");
        Should.Throw<ArgumentException>(() => ParityRows.Csv(new(["prediction"], [[1]]), [1], "prediction")).Message.ShouldContain("column prediction of their own");
        Should.Throw<ArgumentException>(() => ParityRows.Csv(new(["age", "income"], [[1]]), [1], "prediction")).Message.ShouldContain("1 values for 2 columns");
    }
}
