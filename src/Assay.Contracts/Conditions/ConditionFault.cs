namespace Assay.Contracts.Conditions;

/// <summary>The first thing that is wrong with a condition. What comes after it is mostly its consequence, so only the first is told.</summary>
sealed class ConditionFault(string text, string? field)
{
    /// <summary>What is wrong; null while nothing is.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Notes a fault at a place of the text, counted from 0.</summary>
    public void Note(int at, string problem, string mend)
    {
        if (Refusal is not null)
            return;
        var before = text.AsSpan(0, Math.Min(at, text.Length));
        var line = before.Count('\n') + 1;
        var column = before.Length - before.LastIndexOf('\n');
        Refusal = new(RefusalKind.Invalid, "malformed-condition", $"The condition is wrong at line {line}, column {column}: {problem}.", mend, field);
    }
}
