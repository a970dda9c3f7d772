using Assay.Contracts;

namespace Assay.Server.Drift;

/// <summary>All that this room refuses.</summary>
static class DriftRefusals
{
    public static Refusal NoModel(string model) => new(RefusalKind.NotFound, "no-such-model", $"There is no model '{model}', and nothing of that name is approved, reported or observed.",
        "List the models with GET /api/assay/v1/models.", "model");

    public static Refusal Future(DateTimeOffset at, DateTimeOffset now) => new(RefusalKind.Invalid, "future", $"at={at:u} has not happened yet; it is {now:u}.", "Give a moment of the past, or leave it out for now.", "at");
}
