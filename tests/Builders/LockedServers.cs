using Assay.Server.Access.Policy;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Tests.Builders;

/// <summary>Servers with an access policy: a text, or an <see cref="AccessText"/>.</summary>
static class LockedServers
{
    /// <summary>A policy with a group for each kind of work; the name of the group says what it may.</summary>
    public const string Policy = """
        apiVersion: assay/v1
        kind: AccessPolicy
        metadata: {name: main}
        audience: http://127.0.0.1:5000
        sign_in: {issuer: http://127.0.0.1:9, client_id: assay}
        people:
          - {group: viewers, may: [{role: viewer}]}
          - {group: fraud-readers, may: [{role: viewer, models: ["fraud*"]}, {role: viewer, experiments: ["fraud*"]}]}
          - {group: trainers, may: [{role: viewer}, {role: trainer}]}
          - {group: submitters, may: [{role: submitter, models: ["*"]}]}
          - {group: evaluators, may: [{role: evaluator, models: ["*"]}]}
          - {group: risk, may: [{role: viewer}, {role: "approver:model-risk"}]}
          - {group: on-call, may: [{role: viewer}, {role: on-call}]}
          - {group: operators, may: [{role: operator}]}
          - {group: auditors, may: [{role: auditor}]}
          - {group: admins, may: [{role: admin}]}
        models:
          - {match: "*", push: anyone, origin: any}
        """;

    /// <summary>A fresh server with an access policy.</summary>
    public static Task<TestServer> Locked(this Servers servers, Engine engine, string policy = Policy, TimeProvider? time = null, int rateLimit = 0) =>
        // Tests ask as fast as they can; the limit has a test of its own.
        servers.Fresh(engine, options => options with { Access = InFile(policy, options.Data), RateLimit = rateLimit }, time: time);

    /// <summary>A fresh server at which people sign in by a provider.</summary>
    public static Task<TestServer> SignedInAt(this Servers servers, SignInProvider provider, Engine engine = Engine.Sqlite, TimeProvider? time = null, string? ca = null)
    {
        var secret = Path.Combine(Directory.CreateTempSubdirectory("assay test secret ").FullName, "client-secret");
        File.WriteAllText(secret, SignInProvider.Secret + "\n");
        return servers.Locked(engine, Policy.Replace("sign_in: {issuer: http://127.0.0.1:9, client_id: assay}",
            $"sign_in: {{issuer: \"{provider.Issuer}\", client_id: assay, client_secret_file: \"{secret}\"{(ca is null ? "" : $", ca: \"{ca}\"")}}}", StringComparison.Ordinal), time);
    }

    /// <summary>The policy as a file beside a server's data.</summary>
    public static string InFile(string policy, string folder)
    {
        var file = Path.Combine(folder, "access.yaml");
        File.WriteAllText(file, policy);
        return file;
    }

    /// <summary>Puts another policy in force, as an administrator would.</summary>
    public static async Task Apply(this TestServer server, string policy) =>
        (await server.Services.GetRequiredService<AccessBook>().Apply(null, policy, Principal.Server, fromFile: false, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
}
