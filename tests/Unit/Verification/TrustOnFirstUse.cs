using Assay.Client.Verification;
using Assay.Contracts.Evidence;

namespace Assay.Tests.Unit.Verification;

/// <summary>Keys are pinned on first use; a change is refused loudly.</summary>
public sealed class TrustOnFirstUse : IDisposable
{
    static readonly Uri Far = new("https://assay.example/"), Near = new("http://127.0.0.1:5000/");
    readonly string folder = Directory.CreateTempSubdirectory("assay trust ").FullName;
    readonly SigningKey first = SigningKey.Create(), second = SigningKey.Create();

    TrustStore Store => new(folder, TimeProvider.System);

    Trust Offered(SigningKey key, string origin = "assay/one") => new(origin, [key.Verifier]);

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_first_use_pins_and_says_so_and_the_second_is_quiet()
    {
        Store.Of(Far, Offered(first)).Note.ShouldNotBeNull().ShouldContain(first.Verifier.Id);
        Store.Of(Far, Offered(first)).ShouldBe(new(Offered(first), null), new SameTrust());
        Store.OfOrigin("assay/one")!.Same(Offered(first)).ShouldBeTrue();
        Store.OfOrigin("assay/two").ShouldBeNull();
    }

    [Fact]
    public void A_changed_key_is_refused()
    {
        Store.Of(Near, Offered(first));
        var answer = Store.Of(Near, Offered(second));
        answer.Trust.ShouldBeNull();
        answer.Note.ShouldNotBeNull().ShouldContain("KEYS HAVE CHANGED");
        Store.Of(Near, Offered(first)).Trust.ShouldNotBeNull("what was pinned stays");
    }

    [Fact]
    public void Another_ledger_at_a_known_address_is_refused_but_on_this_machine_registries_come_and_go()
    {
        Store.Of(Far, Offered(first));
        Store.Of(Far, Offered(second, "assay/two")).Trust.ShouldBeNull();
        Store.Of(Near, Offered(first));
        Store.Of(Near, Offered(second, "assay/two")).Trust.ShouldNotBeNull();
    }

    [Fact]
    public void A_damaged_pin_is_an_error_and_not_a_first_use()
    {
        Store.Of(Far, Offered(first));
        File.WriteAllText(Directory.EnumerateFiles(folder).Single(), "{");
        Should.Throw<FormatException>(() => Store.Of(Far, Offered(second)));
    }

    sealed class SameTrust : IEqualityComparer<TrustStore.Answer>
    {
        public bool Equals(TrustStore.Answer? x, TrustStore.Answer? y) => x!.Note == y!.Note && x.Trust!.Same(y.Trust!);

        public int GetHashCode(TrustStore.Answer obj) => 0;
    }
}
