using Assay.Contracts;

namespace Assay.Server.Drift.Why;

/// <summary>What to do to go back. Where something else runs than what is approved, that is deploying what is approved; else it is a rollback. Pure.</summary>
static class WayBack
{
    public static GoBack Of(SlotState state, Digest? live, LastGoodVersion? good)
    {
        var slot = state.Slot == "primary" ? "" : $" --slot {state.Slot}";
        var rollback = $"assay rollback {state.Model} --env {state.Environment}{slot} --reason \"…\"";
        if (state.Approved is { } approved && live is { } digest && digest != approved.Digest && good?.Digest == approved.Digest)
            return new($"assay pull {state.Model} --env {state.Environment}{slot} --verify -o DIR", approved.Digest,
                $"{approved.Digest.Short} is approved already: deploying it is enough. To go back further: {rollback}");
        return good is not null ? new(rollback, good.Digest, $"Approves {good.Digest.Short} again at once; CD deploys it.")
            : new(rollback, null, state.Approved is null ? "Nothing was ever approved here, so there is nothing to go back to: take it out of service, or have it judged with assay gate." : "No other version that was approved here is good to go back to. To name one anyway: --to VERSION.");
    }
}
