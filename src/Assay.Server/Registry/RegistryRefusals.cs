using Assay.Contracts;
using Assay.Server.Identity;

namespace Assay.Server.Registry;

/// <summary>Everything that this room can refuse, with its mend.</summary>
public static class RegistryRefusals
{
    public static Refusal NoModel(string name) => new(RefusalKind.NotFound, "no-such-model", $"Registered Model with name={name} not found.", "List the models with GET /api/assay/v1/models.", "name");

    public static Refusal NoVersion(string model, string key) => new(RefusalKind.NotFound, "no-such-version", $"Model Version (name={model}, version={key}) not found.",
        $"List the versions with GET /api/assay/v1/models/{model}/versions.", "version");

    public static Refusal BadKey(string model, string key) => new(RefusalKind.Invalid, "bad-version-key", $"'{key}' names no version of {model}.",
        "Give its number, sha256: and its digest, or at least 12 digits of it.", "version");

    public static Refusal Ambiguous(string model, string key) => new(RefusalKind.Invalid, "ambiguous-version", $"'{key}' fits more than one version of {model}.", "Give more digits, or MODEL@DIGEST.", "version");

    public static Refusal NameTaken(string name) => new(RefusalKind.Exists, "model-exists", $"Registered Model (name={name}) already exists.", null, "name");

    public static Refusal PromptClash(string name, bool isPrompt) => new(RefusalKind.Exists, "model-exists",
        $"The name '{name}' is taken by a {(isPrompt ? "prompt" : "model")}; a model and a prompt cannot share one.", "Choose another name.", "name");

    public static Refusal BadName(string name) => new(RefusalKind.Invalid, "bad-model-name", $"Invalid model name '{(name.Length > 60 ? name[..60] + "…" : name)}': a name has none of the characters '/', ':', '@' and no control character.", "Choose another name.", "name");

    public static Refusal Used(string model, string what) => new(RefusalKind.Conflict, "model-in-use", $"{model} {what}.", "Promote another version first; what is approved is never deleted or renamed.", "name");

    public static Refusal ReadOnlyTag(string key) => new(RefusalKind.Forbidden, "read-only-tag", $"The tag '{key}' is Assay's own and read only.", "Tags that begin with assay. are derived; choose another key.", "key");

    public static Refusal ProtectedAlias(string alias) => new(RefusalKind.Forbidden, "protected-alias", $"The alias '{alias}' is derived from what is approved; nobody sets it.",
        "Promote a version: assay promote MODEL@DIGEST --env production.", "alias");

    public static Refusal BadAlias(string alias, string why) => new(RefusalKind.Invalid, "bad-alias", $"Invalid alias name: '{(alias.Length > 60 ? alias[..60] + "…" : alias)}' {why}.", "Use 1 to 255 letters, digits, '_' or '-'.", "alias");

    public static Refusal NoAlias(string alias) => new(RefusalKind.Invalid, "no-such-alias", $"Registered model alias {alias} not found.", null, "alias");

    public static Refusal BadStage(string stage) => new(RefusalKind.Invalid, "bad-stage", $"Invalid Model Version stage: {stage}. Value must be one of None, Staging, Production, Archived.", null, "stage");

    public static Refusal ArchiveStage(string stage) => new(RefusalKind.Invalid, "bad-archive", $"Other versions can only be archived when one goes to Staging or Production, not to {stage}.", "Send archive_existing_versions=false.", "archive_existing_versions");

    public static Refusal BadTag(string key) => new(RefusalKind.Invalid, "bad-tag", $"Invalid tag '{(key.Length > 60 ? key[..60] + "…" : key)}': a key is not empty and has no control character.", "Choose another key.", "key");

    public static Refusal BadSource(string source, string why) => new(RefusalKind.Invalid, "bad-source", $"Invalid model version source: '{(source.Length > 200 ? source[..200] + "…" : source)}' {why}.",
        "Give the model folder of a run under this registry, such as runs:/RUN_ID/model.", "source");

    public static Refusal CiOnly(Principal who, string model, string rules) => new(RefusalKind.Forbidden, "ci-only", $"Versions of '{model}' come from CI only (push: ci-only); {who} is a {who.Kind.ToString().ToLowerInvariant()}.", rules, "model");

    public static Refusal Unproven(string source, string model, IReadOnlyList<Gap> gaps) => new(RefusalKind.Invalid, "origin-not-proven", $"{source} cannot be copied to {model}, which asks for a proven origin.", "Copy a version whose run was written by one CI job.", "source")
    { Gaps = gaps };

    public static Refusal Restless(string runId) => new(RefusalKind.Conflict, "run-changes", $"Run {runId} changed again and again while it was being sealed.", "Stop writing to it, then submit it again.", "run_id");

    public static Refusal SealedContent(string model, long number) => new(RefusalKind.Conflict, "version-protected", $"Version {number} of {model} is approved and cannot be deleted.", "Promote another version first.", "version");

    /// <summary>What has no digest cannot be measured, judged or approved; why it has none depends on how it came here.</summary>
    public static Refusal NoDigest(VersionView version)
    {
        var (why, mend) = version.Status switch
        {
            VersionStatus.Waiting => ("waits for its run to end", "Finish the run first."),
            VersionStatus.Imported => ("was imported from another registry: it is readable and never admitted", "Train again against this registry and submit that run."),
            VersionStatus.Prompt => ("is a prompt", "Prompts are read by number or alias; no gate judges them."),
            _ => ("was rejected before it was sealed", "Log what is missing in a new run and submit that one."),
        };
        return new(RefusalKind.Conflict, "no-digest-yet", $"Version {version.Number} of '{version.Model}' {why}, so it has no digest that could be measured or judged.", mend, "version");
    }

    public static Refusal NumberTaken(string model, long number) => new(RefusalKind.Conflict, "version-taken", $"Version {number} of {model} was made here: an import never changes it.",
        "Import under another model name, or leave this model out.", "version");

    public static Refusal ImportField(string field, string value, string wanted) => new(RefusalKind.Invalid, "bad-import", $"'{(value.Length > 100 ? value[..100] + "…" : value)}' is no {field} of an import: wanted {wanted}.", "Send what MLflow's own API gives.", field);

    public static Refusal NoContent(Digest digest) => new(RefusalKind.NotFound, "no-such-content", $"No version that you may read contains {digest}.", "Take the digests from a version's manifest.", "digest");
}
