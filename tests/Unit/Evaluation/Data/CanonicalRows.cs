using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Rows;
using CsCheck;

namespace Assay.Tests.Unit.Evaluation.Data;

public sealed class CanonicalRows
{
    static readonly RowColumn[] Both = [new("n", Number: true), new("t", Number: false)];

    /// <summary>The rule of the specification, written down a second time.</summary>
    static byte[] Expected(double number, string? text)
    {
        using var bytes = new MemoryStream();
        void Eight(long value)
        {
            Span<byte> eight = stackalloc byte[8];
            BinaryPrimitives.WriteInt64BigEndian(eight, value);
            bytes.Write(eight);
        }
        bytes.WriteByte(double.IsNaN(number) ? (byte)0 : (byte)1);
        if (!double.IsNaN(number))
            Eight(BitConverter.DoubleToInt64Bits(number == 0 ? 0 : number));
        bytes.WriteByte(string.IsNullOrEmpty(text) ? (byte)0 : (byte)2);
        if (!string.IsNullOrEmpty(text))
        {
            Eight(Encoding.UTF8.GetByteCount(text));
            bytes.Write(Encoding.UTF8.GetBytes(text));
        }
        return SHA256.HashData(bytes.ToArray());
    }

    static byte[] Hash(string number, string text, bool isNumber = true) =>
        new RowHasher([new("n", isNumber), new("t", Number: false)]).Hash(new(1, 1, [DataVector.Of("n", DataKind.Text, [number]), DataVector.Of("t", DataKind.Text, [text])]));

    [Fact]
    public void Every_row_has_the_hash_of_the_rule_whatever_stands_beside_it() =>
        Gen.Select(Gen.OneOf(Gen.Double, Gen.Const(double.NaN), Gen.Const(-0.0)), Gen.String[Gen.Char['a', 'z'], 0, 300]).List[1, 40].Sample(rows =>
        {
            var batch = new DataBatch(1, rows.Count, [DataVector.Of("t", DataKind.Text, [.. rows.Select(r => r.Item2)]), DataVector.Of("n", DataKind.Number, [.. rows.Select(r => r.Item1)])]);
            new RowHasher(Both).Hash(batch).ShouldBe([.. rows.SelectMany(r => Expected(r.Item1, r.Item2))]);
        }, iter: 300);

    [Fact]
    public void A_number_is_the_same_however_it_is_written_and_a_text_is_not()
    {
        foreach (var spelling in (string[])["30.0", "3e1", "+30", " 30"])
        {
            Hash(spelling, "x").ShouldBe(Hash("30", "x"));
            Hash(spelling, "x", isNumber: false).ShouldNotBe(Hash("30", "x", isNumber: false));
        }
        Hash("-0", "x").ShouldBe(Hash("0.0", "x"));
        Hash("true", "x").ShouldBe(Hash("1", "x"));
        Hash("NaN", "x").ShouldBe(Hash("", "x"));
    }

    [Fact]
    public void Text_is_the_same_composed_and_decomposed()
    {
        Hash("1", "caf\u00e9").ShouldBe(Hash("1", "cafe\u0301"));
        Hash("1", "\u1e69").ShouldBe(Hash("1", "s\u0307\u0323")) /* marks in the order of their classes */;
        Hash("1", "\uac01").ShouldBe(Hash("1", "\u1100\u1161\u11a8")) /* Hangul */;
        Hash("1", "\u212b").ShouldBe(Hash("1", "\u00c5"));
        Hash("1", "\u0958").ShouldBe(Hash("1", "\u0915\u093c")) /* excluded from composition */;
        Hash("1", "\U0001d15e").ShouldBe(Hash("1", "\U0001d157\U0001d165"));
        Hash("1", "\ufb01").ShouldNotBe(Hash("1", "fi")) /* compatibility is not equality */;
    }

    [Fact]
    public void A_text_where_the_signature_wants_a_number_names_row_column_and_text()
    {
        var batch = new DataBatch(41, 2, [DataVector.Of("n", DataKind.Text, ["1", "NA"]), DataVector.Of("t", DataKind.Text, ["", ""])]);
        Should.Throw<DataException>(() => new RowHasher(Both).Hash(batch)).Message.ShouldBe("row 42 has \"NA\" in the column n, which is no number.");
    }

    [Fact]
    public void Whole_numbers_beyond_exact_doubles_and_numbers_where_text_is_wanted_have_their_digits()
    {
        byte[] Of(DataVector vector) => new RowHasher([new("t", Number: false)]).Hash(new(1, 1, [vector]));
        Of(DataVector.Of("t", DataKind.Whole, [5816.0])).ShouldBe(Of(DataVector.Of("t", DataKind.Text, ["5816"])));
        Of(DataVector.Of("t", DataKind.Truth, [1.0])).ShouldBe(Of(DataVector.Of("t", DataKind.Text, ["true"])));
        Of(DataVector.Of("t", DataKind.Whole, ["9007199254740993"])).ShouldNotBe(Of(DataVector.Of("t", DataKind.Whole, ["9007199254740992"])));
    }
}
