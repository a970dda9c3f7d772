using Assay.Contracts;

namespace Assay.Server.Capture.Items;

static class RunItems
{
    public static Gap? Finished(CapturedRun run, Requirement item) => run.Facts.Status == "FINISHED" ? null
        : new(item.Item, "a run that ended FINISHED", $"status {run.Facts.Status}",
            run.Facts.Status is "RUNNING" or "SCHEDULED" ? "End the run (mlflow.end_run(), or leave the `with mlflow.start_run()` block), then submit it." : "Train again: a failed or killed run cannot become a version.");

    public static Gap? User(CapturedRun run, Requirement item)
    {
        var user = run.Facts.Tags.GetValueOrDefault("mlflow.user") ?? run.Facts.User;
        return user is { Length: > 0 } and not "unknown" ? null
            : new(item.Item, "who or which job wrote the run (tag mlflow.user)", "nothing", "Start the run with mlflow.start_run(), which sets mlflow.user, or set the tag mlflow.user.");
    }
}
