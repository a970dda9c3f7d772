using System.Globalization;
using System.Text;
using Assay.Contracts;
using Assay.Evaluation;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using static Assay.Tests.Unit.Evaluation.Compared;

namespace Assay.Tests.Unit.Evaluation;

public sealed class LeakedRows
{
    const string Train = "train: {uri: train.csv}";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_that_are_spelled_in_another_way_overlap_all_the_same()
    {
        using var set = new Compared { More = Train }
            .With("heldout.csv", "age,income,bad\n30,0,1\n31,1,0\n32,,1\n33,5,0\n")
            .With("train.csv", "bad,income,age\n0,-0,3e1\n0,1.0,31.0\n0,,32\n0,6,33\n");
        var outcome = await set.Run();
        Value(outcome, "leakage", "overlap_rows").ShouldBe(3);
        Value(outcome, "leakage", "overlap_distinct").ShouldBe(3);
        Value(outcome, "leakage", "train_duplicate_rate").ShouldBe(0);
        Value(outcome, "leakage", "overlap_excess").ShouldBe(0.75);
        ((double)Metric(outcome, "leakage", "overlap_rows")["ci"]!["high"]!).ShouldBe(3);
        ((string)Metric(outcome, "leakage", "overlap_rows")["direction"]!).ShouldBe("lower");
    }

    [Fact]
    public async Task What_training_repeats_by_nature_is_taken_off()
    {
        using var set = new Compared { More = Train }
            .With("heldout.csv", "age,income,bad\n1,1,1\n1,1,0\n2,2,1\n3,3,0\n")
            .With("train.csv", "age,income,bad\n1,1,1\n1,1,1\n8,8,0\n9,9,0\n");
        var outcome = await set.Run();
        Value(outcome, "leakage", "overlap_rows").ShouldBe(2);
        Value(outcome, "leakage", "overlap_distinct").ShouldBe(1);
        Value(outcome, "leakage", "train_duplicate_rate").ShouldBe(0.5);
        Value(outcome, "leakage", "overlap_excess").ShouldBe(0);
    }

    [Fact]
    public async Task The_time_belongs_to_the_row_and_the_label_and_the_entity_do_not()
    {
        using var set = new Compared { Data = "uri: heldout.csv, label: bad, entity: card, time: at", More = Train }
            .With("heldout.csv", "age,income,bad,card,at\n1,1,1,a,2024-03-01\n2,2,0,b,2024-03-02\n")
            .With("train.csv", "age,income,bad,card,at\n1,1,0,x,2024-03-01\n2,2,0,b,2024-01-01\n");
        Value(await set.Run(), "leakage", "overlap_rows").ShouldBe(1);
    }

    [Fact]
    public async Task An_entity_is_counted_once_however_often_and_however_it_is_written()
    {
        using var set = new Compared { Data = "uri: heldout.csv, label: bad, entity: card", More = Train }
            .With("heldout.csv", "age,income,bad,card\n1,1,1,17\n2,2,0,17\n3,3,0,18\n4,4,1,19\n5,5,1,\n6,6,0,20\n")
            .With("train.csv", "age,income,bad,card\n9,9,1,17.0\n8,8,1,4\n7,7,0,\n");
        var outcome = await set.Run();
        Value(outcome, "leakage", "entity_overlap").ShouldBe(0.25);
        ((long)Metric(outcome, "leakage", "entity_overlap")["n"]!).ShouldBe(4);
    }

    [Theory]
    [InlineData("2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z", "2024-01-03T00:00:00Z", "2024-01-02T01:00:00+01:00", 2.0 / 3)]
    [InlineData("100", "2e2", "300", "200.0", 2.0 / 3)]
    [InlineData("2024-02-01", "2024-02-02", "2024-02-03", "2024-01-31T23:59:59Z", 0)]
    public async Task Rows_not_later_than_the_last_training_row_are_a_share(string first, string second, string third, string last, double share)
    {
        using var set = new Compared { Data = "uri: heldout.csv, label: bad, time: at", More = Train }
            .With("heldout.csv", $"age,income,bad,at\n1,1,1,{first}\n2,2,0,{second}\n3,3,0,{third}\n")
            .With("train.csv", $"age,income,bad,at\n9,9,1,{last}\n");
        Value(await set.Run(), "leakage", "time_overlap")!.Value.ShouldBe(share, 1e-11);
    }

    [Fact]
    public async Task Times_that_have_no_order_are_an_error_and_not_a_zero()
    {
        using var set = new Compared { Data = "uri: heldout.csv, label: bad, time: at", More = Train }
            .With("heldout.csv", "age,income,bad,at\n1,1,1,2024-01-01\n")
            .With("train.csv", "age,income,bad,at\n9,9,1,200\n");
        var outcome = await set.Run();
        Value(outcome, "leakage", "time_overlap").ShouldBeNull();
        ((string)Metric(outcome, "leakage", "time_overlap")["error"]!).ShouldContain("no order");
        outcome.Errored.ShouldBeTrue();
    }

    [Fact]
    public async Task A_list_of_digests_tells_the_overlap_of_private_rows_and_says_what_it_cannot_tell()
    {
        using var set = new Compared { Data = "uri: heldout.csv, label: bad, entity: card", More = "train: {digests: train.txt}" }
            .With("heldout.csv", "age,income,bad,card\n30,1,1,a\n31,2,0,b\n32,3,0,c\n")
            .With("train.csv", "age,income\n3e1,1\n31.0,2\n31,2\n40,4\n");
        RowColumn[] columns = [new("age", true), new("income", true)];
        await using (var train = (await DataSet.Open(new(set.Path("train.csv"), "/"), DataSources.Local, Ct)).Value)
        {
            using var rows = new RowDigests();
            await foreach (var batch in train.Read(["age", "income"], 100, Ct))
                rows.Add(new RowHasher(columns).Hash(batch));
            await DigestList.Write(set.Path("train.txt"), rows, columns, rows.Fingerprint(Ct).Root, Ct);
        }
        var outcome = await set.Run();
        Value(outcome, "leakage", "overlap_rows").ShouldBe(2);
        Value(outcome, "leakage", "train_duplicate_rate").ShouldBe(0.5);
        var entity = Metric(outcome, "leakage", "entity_overlap");
        entity["value"].ShouldBeNull();
        ((string)entity["status"]!).ShouldBe("not_measured");
        ((string)entity["error"]!).ShouldContain("digests of its rows alone");
        outcome.Rows.Single(r => r.Name == "entity_overlap").State.ShouldBe(OutcomeState.Skipped);
    }

    [Fact]
    public async Task An_input_that_is_the_label_in_disguise_is_named()
    {
        var csv = new StringBuilder("age,income,bad\n");
        for (var i = 0; i < 400; i++)
            csv.Append(CultureInfo.InvariantCulture, $"{i * 7919 % 400},{(i % 3 == 0 ? -5 - i : 5 + i)},{(i % 3 == 0 ? 1 : 0)}\n");
        using var set = new Compared { More = Train }.With("heldout.csv", csv.ToString()).With("train.csv", "age,income,bad\n1,1,1\n");
        var outcome = await set.Run();
        ((string)Metric(outcome, "leakage", "feature_auc")["feature"]!).ShouldBe("income");
        Value(outcome, "leakage", "feature_auc").ShouldBe(1);
        ((string)Metric(outcome, "leakage", "feature_information")["feature"]!).ShouldBe("income");
        Value(outcome, "leakage", "feature_information")!.Value.ShouldBeGreaterThan(0.95);
    }

    [Fact]
    public async Task An_input_that_merely_helps_is_no_disguise()
    {
        var csv = new StringBuilder("age,income,bad\n");
        for (var i = 0; i < 400; i++)
            csv.Append(CultureInfo.InvariantCulture, $"{i * 7919 % 400},{i % 10},{(i % 10 + (i * 31 % 7) > 8 ? 1 : 0)}\n");
        using var set = new Compared { More = Train }.With("heldout.csv", csv.ToString()).With("train.csv", "age,income,bad\n1,1,1\n");
        var outcome = await set.Run();
        Value(outcome, "leakage", "feature_auc")!.Value.ShouldBeInRange(0.6, 0.98);
        Value(outcome, "leakage", "feature_information")!.Value.ShouldBeLessThan(0.8);
    }

    [Fact]
    public async Task A_missing_training_file_is_told_before_anything_is_scored()
    {
        using var set = new Compared { More = Train }.With("heldout.csv", "age,income,bad\n1,1,1\n");
        (await Should.ThrowAsync<InvalidOperationException>(set.Run)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_model_that_does_not_load_leaves_every_number_of_leakage_null_with_the_reason()
    {
        using var set = new Compared(Builders.ModelFolders.With([1, 2, 3], "age", "income")) { More = Train }
            .With("heldout.csv", "age,income,bad\n1,1,1\n").With("train.csv", "age,income,bad\n1,1,1\n");
        var outcome = await set.Run();
        outcome.Errored.ShouldBeTrue();
        Predicate(outcome, "leakage")["metrics"]!.AsArray().ShouldAllBe(m => m!["value"] == null && ((string)m["error"]!).Length > 0);
    }

    [Fact]
    public async Task The_same_inputs_give_the_same_bytes()
    {
        using var set = new Compared { Data = "uri: heldout.csv, label: bad, entity: card", More = Train }
            .With("heldout.csv", "age,income,bad,card\n1,1,1,a\n2,2,0,b\n3,9,0,c\n").With("train.csv", "age,income,bad,card\n1,1,1,a\n4,4,0,d\n");
        var first = (await set.Run()).Predicates.Select(p => Convert.ToHexString(CanonicalJson.Bytes(p.Json))).ToList();
        (await set.Run()).Predicates.Select(p => Convert.ToHexString(CanonicalJson.Bytes(p.Json))).ShouldBe(first);
        first.Count.ShouldBe(3);
    }
}
