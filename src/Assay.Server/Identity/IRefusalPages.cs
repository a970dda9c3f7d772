using Assay.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>A question upward: how is a refusal shown to somebody who looks with a browser? Programs get it as JSON.</summary>
public interface IRefusalPages
{
    /// <summary>Answers with a page, or the way to sign in; false when it is no browser that asks for a page.</summary>
    Task<bool> Answer(HttpContext context, Refusal refusal);
}
