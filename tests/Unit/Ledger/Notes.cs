using Assay.Contracts.Evidence;
using Assay.Contracts.Ledger;

namespace Assay.Tests.Unit.Ledger;

/// <summary>Signed notes, heads and cosignatures as other programs write and read them: examples of theirs, byte by byte.</summary>
public sealed class Notes
{
    // The example of golang.org/x/mod/sumdb/note: its private key is published, so that signing can be compared too.
    const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const string Signed = Text + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    const string VerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const string PrivateKey = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    // A head of a Certificate Transparency log with cosignatures of public witnesses.
    const string Log = "arche2025h1.staging.ct.transparency.dev", Witness = "remora.n621.de";
    const string Head = """
        arche2025h1.staging.ct.transparency.dev
        1432088532
        U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

        — arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
        — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
        — transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
        — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==

        """;

    [Fact]
    public void The_note_of_others_is_read_verified_and_signed_to_the_byte()
    {
        var key = KeyOf(VerifierKey);
        var note = SignedNote.Parse(Signed).ShouldNotBeNull();
        note.Text.ShouldBe(Text);
        note.IsSignedBy("PeterNeumann", key).ShouldBeTrue();
        note.ToString().ShouldBe(Signed);
        SignedNote.VerifierKey("PeterNeumann", SignedNote.Ed25519, key).ShouldBe(VerifierKey);
        using var signing = SigningKey.Import(Convert.FromBase64String(PrivateKey).AsSpan(1));
        SignedNote.Sign(Text, "PeterNeumann", signing).ToString().ShouldBe(Signed);
    }

    [Fact]
    public void The_head_of_a_public_log_and_its_witness_verify()
    {
        var (log, witness) = (KeyOf(Log + "+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f"), KeyOf(Witness + "+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2"));
        var head = Checkpoint.Open(Head, [log]).ShouldNotBeNull();
        (head.Origin, head.Size, head.Time).ShouldBe((Log, 1432088532, null));
        var note = SignedNote.Parse(Head)!;
        Cosignature.Of(note, Witness, witness).ShouldNotBeNull().ToUnixTimeSeconds().ShouldBe(0x6a122120);
        SignedNote.VerifierKey(Witness, Cosignature.Type, witness).ShouldBe(Witness + "+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2");
        Cosignature.Of(note with { Text = note.Text.Replace("1432088532", "1432088533", StringComparison.Ordinal) }, Witness, witness).ShouldBeNull();
        Checkpoint.Open(Head, [witness]).ShouldBeNull();
    }

    [Fact]
    public void A_witness_adds_its_line_and_replaces_its_older_one()
    {
        using var log = SigningKey.Create();
        using var witness = SigningKey.Create();
        var at = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        var note = SignedNote.Parse(new Checkpoint("log.example", 7, new byte[32], at).Sign(log))!;
        var twice = Cosignature.Add(Cosignature.Add(note, "w.example", witness, at), "w.example", witness, at.AddHours(1));
        twice.Signatures.Count.ShouldBe(2);
        Cosignature.Of(twice, "w.example", witness.Verifier).ShouldBe(at.AddHours(1));
        Checkpoint.Open(twice.ToString(), [log.Verifier]).ShouldNotBeNull().Time.ShouldBe(at);
    }

    [Theory]
    [InlineData("no signature\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name\n")]
    [InlineData("text\n\n— name AAAAAA==")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("text\n\n— na+me AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— name AAAAA AA=\n")]
    [InlineData("text\n\n— name AAAAAAA\n")]
    [InlineData("te\u0001xt\n\n— name AAAAAAA=\n")]
    [InlineData("te\rxt\n\n— name AAAAAAA=\n")]
    public void What_is_no_note_is_not_read(string text) => SignedNote.Parse(text).ShouldBeNull();

    [Theory]
    [InlineData("origin\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", true)]
    [InlineData("origin\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nextension\n", true)]
    [InlineData("origin\n05\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", false)]
    [InlineData("origin\n-5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", false)]
    [InlineData("\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n", false)]
    [InlineData("origin\n5\nAAAA\n", false)]
    [InlineData("origin\n5\nAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAAA=\n", false)]
    [InlineData("origin\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\nextension\n", false)]
    [InlineData("origin\n5\n", false)]
    public void A_head_is_read_to_the_letter(string text, bool isHead) => (Checkpoint.Read(text) is not null).ShouldBe(isHead);

    [Fact]
    public void A_spoilt_line_of_a_known_key_spoils_the_note_and_a_strangers_line_does_not()
    {
        var key = KeyOf(VerifierKey);
        var note = SignedNote.Parse(Signed)!;
        var line = note.Signatures[0];
        (note with { Signatures = [line, new("stranger", 1, new byte[64])] }).IsSignedBy("PeterNeumann", key).ShouldBeTrue();
        (note with { Signatures = [line, line with { Bytes = new byte[64] }] }).IsSignedBy("PeterNeumann", key).ShouldBeFalse();
        (note with { Signatures = [line with { Name = "Other" }] }).IsSignedBy("PeterNeumann", key).ShouldBeFalse();
    }

    static VerificationKey KeyOf(string verifierKey) => new(Convert.FromBase64String(verifierKey.Split('+', 3)[2])[1..]);
}
