using Assay.Contracts.Documents;

namespace Assay.Contracts.Conditions;

/// <summary>The names that a condition may use, each with its kind. The place of a name in this list is its number in a <see cref="IConditionScope"/>.</summary>
public sealed class Vocabulary
{
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    /// <summary>A vocabulary of these names, which must differ. Any text is a name: what is no plain word is written in backticks.</summary>
    public Vocabulary(IReadOnlyList<(string Name, ValueKind Kind)> names)
    {
        Names = names;
        for (var i = 0; i < names.Count; i++)
            if (!places.TryAdd(names[i].Name, i))
                throw new ArgumentException($"The name {names[i].Name} stands twice in the vocabulary.", nameof(names));
    }

    /// <summary>The names in order.</summary>
    public IReadOnlyList<(string Name, ValueKind Kind)> Names { get; }

    /// <summary>The number of a name; null when it is not known.</summary>
    public int? Find(string name) => places.TryGetValue(name, out var at) ? at : null;

    /// <summary>The known name that was probably meant; null when none is close.</summary>
    public string? NearestTo(string name) => Nearest.To(name, places.Keys);
}
