using Assay.Agent.Targets;

namespace Assay.Cli.Surface;

/// <summary>Which <c>--model</c> and <c>--slot</c> belong to which endpoint: those that stand after it, up to the next one.</summary>
internal static class AgentTargets
{
    public static IReadOnlyList<Target> Read(IReadOnlyList<string> words)
    {
        List<Target> targets = [];
        for (var i = 0; i < words.Count; i++)
        {
            var (name, value) = Split(words, ref i);
            if (name is not ("--endpoint" or "--path"))
                continue;
            var (model, slot) = ("", "primary");
            for (var j = i + 1; j < words.Count; j++)
            {
                var (option, text) = Split(words, ref j);
                if (option is "--endpoint" or "--path")
                    break;
                model = option == "--model" ? text : model;
                slot = option == "--slot" ? text : slot;
            }
            if (model.Length == 0)
                throw new WrongUseException($"{name} {value} has no --model after it.", $"Write {name} {value} --model M [--slot S].", "model");
            targets.Add(name == "--path" ? new FolderTarget(value, model, slot) : new EndpointTarget(Address(value), model, slot));
        }
        return targets.Count > 0 ? targets : throw new WrongUseException("There is nothing to look at.", "Give --endpoint URL --model M, or --path DIR --model M.", "endpoint");
    }

    static (string Name, string Value) Split(IReadOnlyList<string> words, ref int i)
    {
        var equals = words[i].IndexOf('=', StringComparison.Ordinal);
        if (words[i].StartsWith("--", StringComparison.Ordinal) && equals > 0)
            return (words[i][..equals], words[i][(equals + 1)..]);
        return words[i] is "--endpoint" or "--path" or "--model" or "--slot" && i + 1 < words.Count ? (words[i], words[++i]) : (words[i], "");
    }

    static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new WrongUseException($"--endpoint {text} is no address.", "Give a URL such as http://scorer:5090.", "endpoint");
}
