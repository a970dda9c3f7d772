using Assay.Server.Storage;
using Assay.Tests.Builders;

namespace Assay.Tests.Wire.Promotions;

public sealed class Protected(Servers servers)
{
    [Theory, BothEngines]
    public async Task What_is_approved_anywhere_is_neither_renamed_nor_deleted(Engine engine)
    {
        var given = (await servers.On(engine)).Given;
        var first = await given.AMeasured();
        var model = first.Model;
        await Given.Ok(given.Approve(first, environment: "staging"));
        (await given.Post("registered-models/rename", new() { ["name"] = model, ["new_name"] = Given.Name("other") })).ShouldBeRefused(409, "model-in-use");
        (await given.Mlflow(HttpMethod.Delete, "registered-models/delete", new() { ["name"] = model })).ShouldBeRefused(409, "model-in-use");
        (await given.Mlflow(HttpMethod.Delete, "model-versions/delete", new() { ["name"] = model, ["version"] = "1" })).ShouldBeRefused(409, "version-protected");

        var second = await given.AMeasured(model);
        await Given.Ok(given.Approve(second, environment: "staging"));
        await Given.Ok(given.Mlflow(HttpMethod.Delete, "model-versions/delete", new() { ["name"] = model, ["version"] = "1" }));
    }
}
