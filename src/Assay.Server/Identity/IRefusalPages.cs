using Assay.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>A question upward: how is a refusal shown to somebody who looks with a browser? Programs get it as JSON.</summary>
public interface IRefusalPages
{
    /// <summary>Does it send somebody unknown, who looks with a browser, to sign in? That is no refusal yet.</summary>
    bool LeadsToSignIn(HttpContext context, Refusal refusal);

    /// <summary>Answers with a page, or the way to sign in; false when it is no browser that asks for a page.</summary>
    Task<bool> Answer(HttpContext context, Refusal refusal);
}
