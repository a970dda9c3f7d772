using System.Security.Cryptography;

namespace Assay.Server.Tracking;

/// <summary>Names for runs and models that were given none: adjective-noun-number, at most 20 characters.</summary>
static class RunNames
{
    static readonly string[] Adjectives = ["amber", "brisk", "calm", "clear", "deft", "eager", "exact", "fair", "firm", "fleet", "frank", "keen", "level", "lucid", "mellow", "neat", "prime", "quiet", "rapid", "sober", "solid", "steady", "terse", "vivid"];
    static readonly string[] Nouns = ["alder", "anvil", "badger", "beacon", "birch", "cedar", "falcon", "forge", "harbor", "heron", "ingot", "lantern", "lynx", "maple", "osprey", "otter", "pewter", "prism", "quarry", "raven", "sluice", "touch", "willow", "zinc"];

    public static string New() => $"{Any(Adjectives)}-{Any(Nouns)}-{RandomNumberGenerator.GetInt32(1000)}";

    static string Any(string[] words) => words[RandomNumberGenerator.GetInt32(words.Length)];
}
