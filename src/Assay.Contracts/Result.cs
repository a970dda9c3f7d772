namespace Assay.Contracts;

/// <summary>What kind of no: each face translates it to its own status.</summary>
public enum RefusalKind
{
    /// <summary>The input is wrong or incomplete (400).</summary>
    Invalid,
    /// <summary>The caller may not (403).</summary>
    Forbidden,
    /// <summary>There is no such thing, or the caller may not know of it (404).</summary>
    NotFound,
    /// <summary>The state of the thing does not allow it (409).</summary>
    Conflict,
    /// <summary>A name is taken (MLflow: 400 RESOURCE_ALREADY_EXISTS; ours: 409).</summary>
    Exists,
    /// <summary>Something beneath us is gone for now (503).</summary>
    Unavailable,
    /// <summary>Declared, not built (501).</summary>
    NotImplemented,
}

/// <summary>A domain error as a value: what is wrong, where, and how to mend it.</summary>
/// <param name="Kind">What kind of no.</param>
/// <param name="Code">A stable kebab-case word for machines.</param>
/// <param name="Message">One or two sentences for people: the thing, the value, the rule.</param>
/// <param name="Mend">What to do about it.</param>
/// <param name="Field">The field of the request that is at fault.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message, string? Mend = null, string? Field = null)
{
    /// <summary>What is missing, all at once, where a capture profile refuses.</summary>
    public IReadOnlyList<Gap> Gaps { get; init; } = [];
}

/// <summary>One missing item of a capture profile, with its remedy (interfaces §3).</summary>
public sealed record Gap(string Item, string Wanted, string Found, string Mend);

/// <summary>A value or a refusal.</summary>
public readonly record struct Result<T>
{
    readonly T? value;

    Result(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    /// <summary>Why not; null when there is a value.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Is there a value?</summary>
    public bool Ok => Refusal is null;

    /// <summary>The value; throws when refused, so ask <see cref="Ok"/> first.</summary>
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"refused: {Refusal.Message}");

    public static implicit operator Result<T>(T value) => new(value, null);
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);

    /// <summary>The same refusal, or the value seen in another way.</summary>
    public Result<TOther> Map<TOther>(Func<T, TOther> see) => Refusal is null ? see(value!) : Refusal;
}

/// <summary>Nothing to say but that it was done.</summary>
public readonly record struct Done
{
    /// <summary>The only value.</summary>
    public static readonly Done Yes;
}
