using System.Text.Json.Nodes;
using Assay.Contracts;
using Assay.Server.Identity;
using Assay.Server.Ledger;
using Assay.Server.Storage;

namespace Assay.Server.Deployments;

/// <summary>Takes what CD says it did.</summary>
public sealed class ReportDesk(Store store, Environments environments, LedgerWriter ledger, TimeProvider time)
{
    /// <summary>Records a report.</summary>
    public async Task<Result<Report>> Take(NewReport body, Principal by, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var read = Read(body, by, now);
        if (read.Refusal is { } refusal)
            return refusal;
        var report = read.Value;
        return await store.Write(async Task<Result<Report>> (tx) =>
        {
            await tx.Lock("deployments", $"{report.Environment}/{report.Model}/{report.Slot}");
            await environments.Name(tx, report.Environment, by);
            var number = await tx.First(ReportSql.Count, ("environment", report.Environment), ("model", report.Model), ("slot", report.Slot));
            await tx.Execute(ReportSql.Insert, ("id", report.Id), ("environment", report.Environment), ("model", report.Model), ("slot", report.Slot), ("number", number),
                ("digest", report.Digest), ("share", report.Share), ("status", report.Status), ("at", report.At), ("received", report.ReceivedAt), ("url", report.Url),
                ("revision", report.Commit), ("named", report.Actor), ("routing", report.Routing?.ToJsonString()), ("serving", report.Serving?.ToJsonString()),
                ("actor", by), ("verified", by.Verified));
            await ledger.Record(tx, by, LedgerActions.DeploymentReported, new(report.Model, report.Digest, Environment: report.Environment, Slot: report.Slot), Detail(report));
            return report;
        }, ct);
    }

    static JsonObject Detail(Report report)
    {
        var detail = new JsonObject { ["report"] = report.Id, ["status"] = report.Status.ToString().ToLowerInvariant(), ["share"] = report.Share };
        foreach (var (name, value) in new[] { ("url", report.Url), ("commit", report.Commit), ("named_actor", report.Actor) })
            if (value is not null)
                detail[name] = value;
        return detail;
    }

    static Result<Report> Read(NewReport body, Principal by, DateTimeOffset now)
    {
        List<Gap> wrong = [];
        var slot = body.Slot ?? "primary";
        DeploymentRefusals.CheckName(wrong, "environment", body.Environment);
        DeploymentRefusals.CheckName(wrong, "slot", slot);
        if (string.IsNullOrEmpty(body.Model) || body.Model.Length > 256)
            wrong.Add(new("model", "a model's name", body.Model ?? "nothing", "Give the model that was deployed."));
        if (!Digest.TryParse(body.Digest, out var digest))
            wrong.Add(new("digest", "sha256: and 64 lower-case hex digits", body.Digest ?? "nothing", "Give the digest of the version that was deployed; a tag or an alias can be moved."));
        if (body.Share is { } share && !(share is >= 0 and <= 1))
            wrong.Add(new("share", "a number from 0 to 1", $"{share}", "Give the share of traffic, such as 0.05."));
        if (!Enum.TryParse<ReportStatus>(body.Status ?? "", ignoreCase: true, out var status) || char.IsAsciiDigit(body.Status![0]))
            wrong.Add(new("status", "deployed, removed or failed", body.Status ?? "nothing", "Say what happened."));
        if (wrong.Count > 0)
            return DeploymentRefusals.Wrong("report", wrong);
        return new Report(Ulid.New(now), body.Environment!, body.Model!, slot, digest, body.Share ?? 1, status, body.At ?? now, now,
            by.ToString(), by.Verified, body.Url, body.Commit, body.Actor, body.Routing, body.Serving);
    }
}
