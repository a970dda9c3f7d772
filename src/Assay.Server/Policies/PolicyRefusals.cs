using Assay.Contracts;

namespace Assay.Server.Policies;

public static class PolicyRefusals
{
    public static Refusal OtherName(string address, string document) => new(RefusalKind.Invalid, "other-name", $"The document's metadata.name is '{document}', but the address says '{address}'.",
        $"Apply it as {document}.", "metadata.name");

    public static Refusal SameMatch(string name, string rival) => new(RefusalKind.Conflict, "same-match", $"'{name}' matches exactly what '{rival}' matches: nobody could say which one counts.",
        $"Change '{rival}', or make one of the two more specific.", "match");

    public static Refusal Unknown(string name) => new(RefusalKind.NotFound, "no-such-policy", $"There is no policy '{name}'.", "List them with GET /api/assay/v1/policies.", "name");

    public static Refusal NoVerdict(string digest) => new(RefusalKind.NotFound, "no-such-verdict", $"There is no verdict {digest}.", "Ask for one with: assay gate MODEL@DIGEST --env ENVIRONMENT.", "digest");

    public static Refusal Environment(string name) => new(RefusalKind.Invalid, "bad-environment", $"'{name}' is no name of an environment.", "Give 1 to 63 letters, digits, '-', '_' or '.', such as production.", "environment");

    public static Refusal Slot(string slot) => new(RefusalKind.Invalid, "bad-slot", $"'{slot}' is no slot.", $"Give one of {string.Join(", ", Slots.All)}.", "slot");

    public static Refusal NoDigest(string model, long number) => new(RefusalKind.Conflict, "no-digest-yet", $"Version {number} of '{model}' waits for its run to end: it has no digest that could be judged.", "Finish the run first.", "version");
}
