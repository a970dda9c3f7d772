using Assay.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>A question upward, or rather a word: told of every refusal at the door and at the point of authorization, so that it can be put on record.</summary>
public interface IRefusalWitness
{
    /// <summary>Somebody without a valid credential, or from where nobody may come, was refused.</summary>
    void Unknown(HttpContext context, Refusal refusal);

    /// <summary>Somebody known was refused what it may not.</summary>
    void Known(Principal principal, Permission permission, Scope scope, Refusal refusal);
}
