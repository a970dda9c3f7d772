using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Assay.Contracts.Documents;

/// <summary>YAML text into nodes, for every file and body that somebody else wrote.</summary>
public static class YamlText
{
    /// <summary>How deep lists and mappings may lie in each other.</summary>
    public const int Deepest = 100;

    /// <summary>
    /// Reads a text. Throws <see cref="YamlException"/> with the place when it is no YAML, is nested beyond <see cref="Deepest"/>, contains itself, or
    /// has a key that is no text. The tree is read and compared by recursion: a hundred thousand brackets, or an alias inside its own anchor, would
    /// end the whole process, which nothing can catch.
    /// </summary>
    public static YamlStream Read(string text)
    {
        Check(new Parser(new StringReader(text)));
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream;
    }

    /// <summary>Walks the events, which takes no stack.</summary>
    static void Check(Parser events)
    {
        var open = new Stack<Open>();
        while (events.MoveNext())
        {
            var here = events.Current!;
            if (here is MappingEnd or SequenceEnd)
            {
                open.Pop();
                continue;
            }
            if (here is not (NodeEvent or AnchorAlias))
                continue;
            if (here is AnchorAlias { Value: var of } && open.Any(o => o.Anchor == of))
                throw new YamlException(here.Start, here.End, $"the alias *{of} lies inside what it stands for");
            if (open.TryPeek(out var parent) && parent.NextIsKey() && here is not Scalar)
                throw new YamlException(here.Start, here.End, "a key is a text");
            if (here is MappingStart or SequenceStart)
                open.Push(new(here is MappingStart, ((NodeEvent)here).Anchor));
            if (open.Count > Deepest)
                throw new YamlException(here.Start, here.End, $"lists and mappings lie more than {Deepest} deep in each other");
        }
    }

    sealed class Open(bool mapping, AnchorName anchor)
    {
        bool key;

        public AnchorName? Anchor { get; } = anchor.IsEmpty ? null : anchor;

        /// <summary>Counts one more node in it: in a mapping every other one is a key.</summary>
        public bool NextIsKey() => mapping && (key = !key);
    }
}
