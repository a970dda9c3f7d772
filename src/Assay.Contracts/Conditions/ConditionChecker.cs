using Assay.Contracts.Conditions.Nodes;

namespace Assay.Contracts.Conditions;

/// <summary>Gives each part of a tree its kind and makes of it what can be asked. A part that is wrong is noted; the rest is then of no account.</summary>
sealed class ConditionChecker(Vocabulary vocabulary, ConditionFault fault)
{
    readonly SortedSet<int> used = [];

    /// <summary>The numbers of the names that were met, ascending.</summary>
    public IReadOnlyList<int> Used => [.. used];

    /// <summary>The tree as a question; null after a fault.</summary>
    public TruthNode? Read(Syntax tree)
    {
        var part = Truth(tree);
        return fault.Refusal is null ? part : null;
    }

    /// <summary>A part of any kind.</summary>
    public Part Any(Syntax part) => part switch
    {
        _ when fault.Refusal is not null => Part.Wrong,
        NumberSyntax number => new(ValueKind.Number, new NumberConstant(number.Value)),
        TextSyntax text => new(ValueKind.Text, new TextConstant(text.Value)),
        TruthSyntax truth => new(ValueKind.Truth, new TruthConstant(truth.Value)),
        NameSyntax name => Name(name),
        ListSyntax list => new ListCheck(this, fault).Read(list),
        SignSyntax { Sign: "!" } not => new(ValueKind.Truth, new Not(Truth(not.Of))),
        SignSyntax sign => Negative(sign),
        PairSyntax { Sign: "&&" } and => new(ValueKind.Truth, new And(Truth(and.Left), Truth(and.Right))),
        PairSyntax { Sign: "||" } or => new(ValueKind.Truth, new Or(Truth(or.Left), Truth(or.Right))),
        PairSyntax { Sign: "+" or "-" or "*" or "/" or "%" } pair => new ArithmeticCheck(fault).Read(pair, Any(pair.Left), Any(pair.Right)),
        PairSyntax pair => new ComparisonCheck(fault).Read(pair, Any(pair.Left), Any(pair.Right)),
        CallSyntax call => new CallCheck(this, fault).Read(call),
        _ => new(null, new TruthConstant(false)),
    };

    TruthNode Truth(Syntax part)
    {
        var checkedPart = Any(part);
        if (checkedPart.Kind == ValueKind.Truth)
            return checkedPart.Truth;
        fault.Note(part.At, $"this is {checkedPart.Shown}; wanted a truth", "Compare it with something, such as amount > 0 or country == 'DE'; has(name) asks whether there is a value.");
        return new TruthConstant(false);
    }

    Part Name(NameSyntax name)
    {
        if (vocabulary.Find(name.Name) is not { } at)
            return Unknown(name);
        used.Add(at);
        var kind = vocabulary.Names[at].Kind;
        return new(kind, kind switch
        {
            ValueKind.Text => new TextName(at),
            ValueKind.Truth => new TruthName(at),
            ValueKind.Numbers => new NumbersName(at),
            ValueKind.Texts => new TextsName(at),
            _ => new NumberName(at),
        }, kind switch { ValueKind.Numbers => ValueKind.Number, ValueKind.Texts => ValueKind.Text, _ => null });
    }

    Part Unknown(NameSyntax name)
    {
        var known = vocabulary.Names.Select(n => n.Name).ToList();
        var mend = vocabulary.NearestTo(name.Name) is { } near ? $"Write {ConditionText.Of(new NameSyntax(0, near))}."
            : known.Count == 0 ? "There are no names to use here."
            : $"Known are {string.Join(", ", known.Take(20))}{(known.Count > 20 ? $" and {known.Count - 20} more" : "")}; a text stands in quotes.";
        fault.Note(name.At, $"'{name.Name}' is no known name", mend);
        return Part.Wrong;
    }

    Part Negative(SignSyntax sign)
    {
        var of = Any(sign.Of);
        if (of.Kind is ValueKind.Number or ValueKind.Duration)
            return new(of.Kind, of.Node is NumberConstant constant ? new NumberConstant(-constant.Value) : new Negative(of.Number));
        fault.Note(sign.At, $"- stands before {of.Shown}", "Put - before a number or a duration; ! is not.");
        return Part.Wrong;
    }
}
