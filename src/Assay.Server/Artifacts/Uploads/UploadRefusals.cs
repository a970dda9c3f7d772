using Assay.Contracts;
using Assay.Contracts.Wire;

namespace Assay.Server.Artifacts.Uploads;

/// <summary>Everything that an upload in parts can be refused for, with its mend.</summary>
static class UploadRefusals
{
    const string Again = "Begin the upload again.";

    public static Refusal PartCount(long parts) => new(RefusalKind.Invalid, "bad-part-count", $"Invalid value {parts} for parameter 'num_parts' supplied: an upload has 1 to {WireLimits.UploadParts.Most} parts.", "Use larger parts, or send the file in one request.", "num_parts");

    public static Refusal NoUpload() => new(RefusalKind.NotFound, "no-such-upload", $"There is no such upload: it was aborted, never begun, or begun more than {PartUploads.Life.TotalHours:0} hours ago.", Again, "upload_id");

    public static Refusal OtherPath(ArtifactPath path, string begun) => new(RefusalKind.Invalid, "other-upload", $"The upload was begun for '{begun}', not for '{path}'.", "Use the path that it was begun with.", "path");

    public static Refusal Completed() => new(RefusalKind.Conflict, "upload-completed", "The upload is completed: it takes no further parts.", "Begin another one to replace the file.", "upload_id");

    public static Refusal Busy() => new(RefusalKind.Unavailable, "upload-being-completed", "The upload is being put together by an earlier call.", "Ask again in a moment.", "upload_id");

    public static Refusal PartNumber(string number, long parts) => new(RefusalKind.Invalid, "bad-part-number", $"There is no part {number}: the upload was begun with {parts} parts, counted from 1.", "Use the addresses that the upload was begun with.", "part_number");

    public static Refusal Missing(IReadOnlyList<long> numbers) => new(RefusalKind.Invalid, "parts-missing", $"The upload is not whole: {(numbers.Count == 1 ? "part" : "parts")} {string.Join(", ", numbers.Take(20))}{(numbers.Count > 20 ? " …" : "")} did not come, or came otherwise than the call says.", "Send these parts again, then complete the upload with the ETag of each.", "parts");

    public static Refusal Unordered() => new(RefusalKind.Invalid, "parts-unordered", "The parts are not all parts of the upload, once each, in order.", "List every part by its number, from 1.", "parts");

    public static Refusal Damaged(int number) => new(RefusalKind.Conflict, "part-damaged", $"Part {number} is missing or damaged in the artifact store.", "Send it again, then complete the upload.", "parts");
}
