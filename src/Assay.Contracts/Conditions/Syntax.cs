namespace Assay.Contracts.Conditions;

/// <summary>A part of a condition as it is written, with its place in the text. Kinds are not known yet.</summary>
abstract record Syntax(int At);

/// <summary>A number in the text.</summary>
sealed record NumberSyntax(int At, double Value) : Syntax(At);

/// <summary>A text in the text.</summary>
sealed record TextSyntax(int At, string Value) : Syntax(At);

/// <summary>true or false.</summary>
sealed record TruthSyntax(int At, bool Value) : Syntax(At);

/// <summary>null: what a missing value is compared with.</summary>
sealed record NullSyntax(int At) : Syntax(At);

/// <summary>A name of the vocabulary.</summary>
sealed record NameSyntax(int At, string Name) : Syntax(At);

/// <summary>A list in brackets.</summary>
sealed record ListSyntax(int At, IReadOnlyList<Syntax> Items) : Syntax(At);

/// <summary><c>!</c> or <c>-</c> before something.</summary>
sealed record SignSyntax(int At, string Sign, Syntax Of) : Syntax(At);

/// <summary>Two parts with an operator between them; the place is the operator's.</summary>
sealed record PairSyntax(int At, string Sign, Syntax Left, Syntax Right) : Syntax(At);

/// <summary><c>function(argument)</c>, or <c>of.function(argument)</c>.</summary>
sealed record CallSyntax(int At, string Function, Syntax? Of, IReadOnlyList<Syntax> Arguments) : Syntax(At);
