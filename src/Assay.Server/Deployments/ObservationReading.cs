using System.Text.Json.Nodes;
using Assay.Contracts;

namespace Assay.Server.Deployments;

/// <summary>An observation whose fields were checked.</summary>
sealed record ReadObservation(string Source, string Environment, string Epoch, long Seq, DateTimeOffset At, bool Complete,
    IReadOnlyList<(string Model, string Slot)> Watched, IReadOnlyList<ReadInstance> Instances);

/// <summary>One instance whose fields were checked.</summary>
sealed record ReadInstance(InstanceKey Key, double Share, long? Ready, long? Wanted, DateTimeOffset? Since, string? Image, JsonObject? Claims);

/// <summary>What makes a sighting the same one.</summary>
readonly record struct InstanceKey(string Model, string Slot, Digest Digest, int Level);

/// <summary>Checks an observation; everything that is wrong is told at once.</summary>
static class ObservationReading
{
    const int MostInstances = 10_000;

    public static Result<ReadObservation> Read(Observation body, DateTimeOffset now)
    {
        List<Gap> wrong = [];
        DeploymentRefusals.CheckName(wrong, "environment", body.Environment);
        if (body.Source is not { Length: > 0 and <= 200 } || body.Source.Any(char.IsControl))
            wrong.Add(new("source", "1 to 200 letters", body.Source ?? "nothing", "Name the observer, such as agent/eu-1."));
        if (body.Epoch is not { Length: 26 } || !body.Epoch.All(char.IsAsciiLetterOrDigit))
            wrong.Add(new("epoch", "a ULID made at the observer's start", body.Epoch ?? "nothing", "Make one ULID when the observer starts and send it with every observation."));
        if (body.Seq is not >= 0)
            wrong.Add(new("seq", "a whole number from 0", $"{body.Seq?.ToString() ?? "nothing"}", "Count the observations of the epoch."));
        if (body.Slots is null)
            wrong.Add(new("slots", "a list", "nothing", "Give what was seen, or an empty list."));
        List<(string, string)> watched = [];
        Dictionary<InstanceKey, ReadInstance> instances = [];
        foreach (var (slot, i) in (body.Slots ?? []).Select((s, i) => (s, i)))
            ReadSlot(slot, $"slots[{i}]", watched, instances, wrong);
        if (instances.Count > MostInstances)
            wrong.Add(new("slots", $"at most {MostInstances} instances", $"{instances.Count}", "Send one observation per environment."));
        return wrong.Count > 0
            ? DeploymentRefusals.Wrong("observation", wrong)
            : new ReadObservation(body.Source!, body.Environment!, body.Epoch!.ToUpperInvariant(), body.Seq!.Value, body.At ?? now, body.Complete ?? false, watched, [.. instances.Values]);
    }

    static void ReadSlot(ObservedSlot slot, string path, List<(string, string)> watched, Dictionary<InstanceKey, ReadInstance> instances, List<Gap> wrong)
    {
        var name = slot.Slot ?? "primary";
        DeploymentRefusals.CheckName(wrong, $"{path}.slot", name);
        if (string.IsNullOrEmpty(slot.Model) || slot.Model.Length > 256)
            wrong.Add(new($"{path}.model", "a model's name", slot.Model ?? "nothing", "Give the model that the slot serves."));
        watched.Add((slot.Model ?? "", name));
        foreach (var (instance, i) in (slot.Instances ?? []).Select((s, i) => (s, i)))
        {
            var at = $"{path}.instances[{i}]";
            if (!Digest.TryParse(instance.Digest, out var digest))
                wrong.Add(new($"{at}.digest", "sha256: and 64 lower-case hex digits", instance.Digest ?? "nothing", "Give the digest that was seen."));
            if (instance.Level is not (>= 1 and <= 5))
                wrong.Add(new($"{at}.level", "1 to 5 (level 0 is a report, not an observation)", $"{instance.Level?.ToString() ?? "nothing"}", "Say how it is known."));
            if (instance.Share is { } share && !(share is >= 0 and <= 1))
                wrong.Add(new($"{at}.share", "a number from 0 to 1", $"{share}", "Give the share of traffic."));
            var key = new InstanceKey(slot.Model ?? "", name, digest, instance.Level ?? 0);
            instances[key] = new(key, instance.Share ?? 1, instance.Ready, instance.Wanted, instance.Since, instance.Image, instance.Claims);
        }
    }
}
