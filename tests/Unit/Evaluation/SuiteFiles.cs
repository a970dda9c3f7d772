using Assay.Contracts;
using Assay.Evaluation.Suites;
using Assay.Tests.Builders;

namespace Assay.Tests.Unit.Evaluation;

public sealed class SuiteFiles : IDisposable
{
    readonly ModelFolders folder = new();

    public void Dispose() => folder.Dispose();

    string Refused(string yaml)
    {
        var refusal = SuiteFile.Load(folder.Write("s.yaml", yaml)).Refusal;
        refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe("malformed-suite");
        return refusal.Message;
    }

    static string Case(string rest) => $$"""
        apiVersion: assay/v1
        kind: InvariantSuite
        metadata: {name: s}
        cases:
          - name: a
            {{rest}}
        """;

    [Fact]
    public void The_digest_is_over_the_files_bytes()
    {
        var yaml = Case("input: {instances: [[1]]}\n    expect: [{finite: true}]");
        SuiteFile.Load(folder.Write("s.yaml", yaml)).Value.Head.Digest.ShouldBe(Digest.Of(yaml));
    }

    [Fact]
    public void An_unknown_key_is_an_error_with_line_column_and_the_nearest_known_key()
    {
        Refused(Case("imput: {instances: [[1]]}\n    expect: [{finite: true}]")).ShouldContain("line 6, column 5: unknown key 'cases[0].imput'; is 'input' meant?");
        Refused(Case("input: {instances: [[1]]}\n    expect: [{betwen: {min: 0}}]")).ShouldContain("is 'between' meant?");
        Refused(Case("input: {instances: [[1]]}\n    expect: [{between: {mim: 0}}]")).ShouldContain("is 'min' meant?");
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var message = Refused(Case("input: {instances: [[1], [1, 2]]}\n    repeat: often\n    expect: [{between: {}}, {monotone: {direction: up}}, {finite: false}, {finite: true, length: 1}]"));
        message.ShouldContain("different lengths");
        message.ShouldContain("repeat is 'often'");
        message.ShouldContain("between wants min, max, or both");
        message.ShouldContain("wanted increasing or decreasing");
        message.ShouldContain("finite wants true");
        message.ShouldContain("one key, not 2");
    }

    [Theory]
    [InlineData("base: b\n    expect: [{finite: true}]", "there is no case 'b'; is 'a' meant?")]
    [InlineData("input: {file: ../secret.json}\n    expect: [{finite: true}]", "does not lie inside the suite's folder")]
    [InlineData("input: {file: none.json}\n    expect: [{finite: true}]", "cannot be read")]
    [InlineData("input: {instances: [[1]], inputs: [[1]]}\n    expect: [{finite: true}]", "exactly one of")]
    [InlineData("input: {dataframe_split: {columns: [x, x], data: [[1, 2]]}}\n    expect: [{finite: true}]", "given twice")]
    [InlineData("input: {dataframe_split: {columns: [x], data: [[1, 2]]}}\n    expect: [{finite: true}]", "has 2 values in row 1")]
    [InlineData("input: {instances: [[1]]}\n    expect: []", "expect is empty")]
    [InlineData("input: {instances: [[1]]}\n    vary: {column: x, values: [1, 2]}\n    expect: [{finite: true}]", "name one with base")]
    [InlineData("input: {v2: {inputs: [{name: x, datatype: FP32, shape: [2, 2], data: [1]}]}}\n    expect: [{finite: true}]", "a shape of the 1 values")]
    public void A_case_that_cannot_be_asked_is_refused_with_its_reason(string rest, string says) => Refused(Case(rest)).ShouldContain(says);

    [Fact]
    public void A_suite_without_cases_is_refused() =>
        Refused("apiVersion: assay/v1\nkind: InvariantSuite\nmetadata: {name: s}\ncases: []\n").ShouldContain("would pass everything");

    [Fact]
    public void Names_are_used_once() =>
        Refused(Case("input: {instances: [[1]]}\n    expect: [{finite: true}]\n  - {name: a, input: {instances: [[1]]}, expect: [{finite: true}]}")).ShouldContain("each name is used once");

    [Theory]
    [InlineData("task: clasification", "wanted classification or regression")]
    [InlineData("task: ranking\ndata: {uri: d.csv, label: y}", "query: query_id")]
    [InlineData("task: generation\ndata: {uri: d.csv}", "entity: prompt_id")]
    [InlineData("task: regression\ndata: {uri: d.csv, label: y}\nmetrics: [auc]", "unknown metric 'auc' for this task")]
    [InlineData("task: regression\ndata: {uri: d.csv, label: y}\nmetrics: [{name: pinball, quantile: 2}]", "a quantile lies between 0 and 1")]
    [InlineData("task: classification\ndata: {uri: d.csv, label: y}\nslices: {by: [{bins: age, edges: [3, 1]}]}", "each greater than the one before")]
    [InlineData("task: classification\ndata: {uri: d.csv, label: y}\nslices: {by: [{cross: [age]}]}", "a slice is a column")]
    [InlineData("task: classification\ndata: {uri: d.csv, label: y}\nslices: {discover: {predicates: 4}}", "from 1 to 3")]
    [InlineData("task: classification\ndata: {uri: d.csv, label: y}\ntail: {loss: squared_error}", "wanted log_loss or brier")]
    [InlineData("task: classification\ndata: {uri: d.csv, label: y}\ntail: {worst: 2}", "lies between 0 and 1")]
    [InlineData("task: classification\ndata: {uri: d.csv, label: y}\ntrain: {role: x}", "either uri")]
    [InlineData("task: regression\ndata: {uri: d.csv, label: y, digest: abc}", "no digest")]
    [InlineData("task: regression\ndata: {uri: d.csv, label: y}\nmetrics: [rmsee]", "is 'rmse' meant?")]
    [InlineData("task: regression\ndata: {uri: d.csv, label: y}\nintervals: {bootstrap: 10}", "from 100 to")]
    public void An_evaluation_suite_is_checked_as_strictly(string rest, string says) =>
        Refused($"apiVersion: assay/v1\nkind: EvaluationSuite\nmetadata: {{name: s}}\n{rest}\n").ShouldContain(says);

    [Theory]
    [InlineData("{", "line ")]
    [InlineData("", "one document")]
    [InlineData("kind: Policy\napiVersion: assay/v1\nmetadata: {name: p}", "wanted InvariantSuite or EvaluationSuite")]
    [InlineData("a: &a [1, 2]\na: 2", "uplicate")]
    public void What_is_no_suite_is_refused_with_its_place(string yaml, string says) => Refused(yaml).ShouldContain(says);

    [Theory]
    [InlineData("a: &x [1, *x]", "inside what it stands for")]
    [InlineData("? &x [*x]\n: 1", "a key is a text")]
    [InlineData("? {a: 1}\n: 1", "a key is a text")]
    [InlineData("a: {b: 1, [c]: 2}", "a key is a text")]
    public void A_file_made_to_go_in_circles_is_refused(string yaml, string says) => Refused(yaml).ShouldContain(says);

    [Fact]
    public void A_file_made_to_overflow_the_stack_is_refused()
    {
        Refused("a: " + new string('[', 200_000)).ShouldContain("100 deep");
        global::Assay.Server.Capture.MlModelFile.TryRead("flavors: " + new string('[', 200_000), out _).ShouldBeFalse();
        global::Assay.Server.Policies.PolicyDocument.Read("a: " + string.Concat(Enumerable.Repeat("{a: ", 100_000)), "p.yaml").Refusal!.Message.ShouldContain("100 deep");
    }

    [Fact]
    public void Anchors_and_aliases_save_writing()
    {
        var yaml = Case("input: {dataframe_split: {columns: &c [x, y], data: [[1, 2]]}}\n    expect: [{finite: true}]\n  - {name: b, input: {dataframe_split: {columns: *c, data: [[3, 4]]}}, expect: [{finite: true}]}");
        ((InvariantSuite)SuiteFile.Load(folder.Write("s.yaml", yaml)).Value).Cases.Count.ShouldBe(2);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() => SuiteFile.Load("/nowhere/s.yaml").Refusal!.Code.ShouldBe("suite-missing");
}
