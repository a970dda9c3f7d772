using System.Net;
using Assay.Server.Ledger;
using Assay.Server.Storage;
using Assay.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Wire.Promotions;

public sealed class RollingBack(Servers servers)
{
    [Theory, BothEngines]
    public async Task It_goes_to_the_last_known_good_version_at_once_and_on_record(Engine engine)
    {
        var server = await servers.On(engine);
        var given = server.Given;
        var model = Given.Name("model");
        var (first, second) = (await given.AChampion(model), await given.AChampion(model));
        ((string?)(await given.Slot(model))["last_good"]!["digest"]).ShouldBe(first.Digest);
        var back = (await Given.Ok(given.RollBack(model), HttpStatusCode.Created)).Json;
        ((string?)back["kind"]).ShouldBe("rollback");
        ((string?)back["digest"]).ShouldBe(first.Digest);
        ((string?)back["replaces"]).ShouldBe(second.Digest);
        ((string?)back["reason"]).ShouldBe("it is slow");
        ((string?)(await given.Slot(model))["current"]!["digest"]).ShouldBe(first.Digest);
        var reader = server.Services.GetRequiredService<LedgerReader>();
        (await reader.Entry((string)back["entry"]!, default)).ShouldNotBeNull().Action.ShouldBe("promotion.rolled_back");
        (await given.RollBack(model)).ShouldBeRefused(409, "no-last-good", mend: "--to");
    }

    [Theory, BothEngines]
    public async Task A_version_may_be_named_if_it_was_approved_there_before(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var model = Given.Name("model");
        var (first, second, third) = (await given.AChampion(model), await given.AChampion(model), await given.AMeasured(model));
        (await given.RollBack(model, to: third.Digest)).ShouldBeRefused(409, "never-approved", mend: "assay promote");
        (await given.RollBack(model, to: second.Digest)).ShouldBeRefused(409, "already-approved");
        ((string?)(await Given.Ok(given.RollBack(model, to: first.Number.ToString()), HttpStatusCode.Created)).Json["digest"]).ShouldBe(first.Digest);
        ((string?)(await Given.Ok(given.RollBack(model, to: second.Digest), HttpStatusCode.Created)).Json["digest"]).ShouldBe(second.Digest);
    }

    [Theory, BothEngines]
    public async Task Only_the_policys_roles_roll_back_and_never_without_a_reason(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var model = Given.Name("model");
        await given.AChampion(model);
        await given.AChampion(model);
        (await given.RollBack(model, reason: " ")).ShouldBeRefused(400, "missing-field");
        (await given.RollBack(model, actor: "bob")).ShouldBeRefused(403, "may-not-roll-back", mend: "on-call, operator");
        await Given.Ok(given.RollBack(model, actor: "ann:on-call"), HttpStatusCode.Created);
        (await given.RollBack(Given.Name("nothing"))).ShouldBeRefused(409, "nothing-to-roll-back");
    }

    [Theory, BothEngines]
    public async Task It_needs_no_fresh_verdict(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var model = Given.Name("model");
        var first = await given.AChampion(model);
        await given.AChampion(model);
        await given.APolicy(model, limit: "0.99");
        ((string?)(await Given.Ok(given.Gate(first))).Json["verdict"]).ShouldBe("inconclusive");
        ((string?)(await Given.Ok(given.RollBack(model), HttpStatusCode.Created)).Json["digest"]).ShouldBe(first.Digest);
    }
}
