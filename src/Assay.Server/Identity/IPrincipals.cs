using Assay.Contracts;
using Microsoft.AspNetCore.Http;

namespace Assay.Server.Identity;

/// <summary>A question upward: who is behind this request? Answered by the room that keeps the access policy and its tokens.</summary>
public interface IPrincipals
{
    /// <summary>Is an access policy in force? If not, the server runs in local mode.</summary>
    bool Configured { get; }

    /// <summary>Is this host name ours, beyond those that were given with <c>--host</c>?</summary>
    bool Knows(string host);

    /// <summary>The principal of the credential that came along: <see cref="Principal.Anonymous"/> when none came, a refusal when it is not valid.</summary>
    Task<Result<Principal>> Of(HttpContext context);
}
