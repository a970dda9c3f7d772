using Assay.Contracts;

namespace Assay.Server.Access;

static class AccessRefusals
{
    public static Refusal OtherName(string asked, string named) => new(RefusalKind.Invalid, "other-name", $"The address names the access policy '{asked}', the document calls itself '{named}'.", "Make metadata.name and the address agree.", "metadata.name");

    public static Refusal AnotherInForce(string inForce, string named) => new(RefusalKind.Conflict, "another-in-force", $"The access policy '{inForce}' is in force; '{named}' cannot stand beside it, since one policy says who may do what.",
        $"Call the document '{inForce}' (metadata.name) to replace it.", "metadata.name");

    public static Refusal NoPolicy(string name) => new(RefusalKind.NotFound, "no-such-access-policy", $"No access policy '{name}' is in force.", "assay access show lists what is; without any the server runs in local mode.", "name");
}
