namespace Assay.Contracts.Conditions;

/// <summary>A scope of single values, set by name: for conditions that are asked once, as those of policies are. What is not set is missing.</summary>
public sealed class ConditionValues(Vocabulary vocabulary) : IConditionScope
{
    readonly object?[] values = new object?[vocabulary.Names.Count];

    /// <summary>Sets a number; NaN is missing.</summary>
    public ConditionValues Set(string name, double value) => Put(name, value, ValueKind.Number);

    /// <summary>Sets a text; null is missing.</summary>
    public ConditionValues Set(string name, string? value) => Put(name, value, ValueKind.Text);

    /// <summary>Sets a truth.</summary>
    public ConditionValues Set(string name, bool value) => Put(name, value ? 1.0 : 0.0, ValueKind.Truth);

    /// <summary>Sets a moment.</summary>
    public ConditionValues Set(string name, DateTimeOffset value) => Put(name, Moments.Seconds(value), ValueKind.Time);

    /// <summary>Sets a length of time.</summary>
    public ConditionValues Set(string name, TimeSpan value) => Put(name, value.TotalSeconds, ValueKind.Duration);

    /// <summary>Sets a list of numbers.</summary>
    public ConditionValues Set(string name, IReadOnlyList<double> value) => Put(name, value, ValueKind.Numbers);

    /// <summary>Sets a list of texts.</summary>
    public ConditionValues Set(string name, IReadOnlyList<string> value) => Put(name, value, ValueKind.Texts);

    /// <inheritdoc/>
    public double Number(int name) => values[name] as double? ?? double.NaN;

    /// <inheritdoc/>
    public string? Text(int name) => values[name] as string;

    /// <inheritdoc/>
    public IReadOnlyList<double>? Numbers(int name) => values[name] as IReadOnlyList<double>;

    /// <inheritdoc/>
    public IReadOnlyList<string>? Texts(int name) => values[name] as IReadOnlyList<string>;

    ConditionValues Put(string name, object? value, ValueKind kind)
    {
        if (vocabulary.Find(name) is not { } at || vocabulary.Names[at].Kind != kind)
            throw new ArgumentException($"The vocabulary has no {name} of kind {kind}.", nameof(name));
        values[at] = value;
        return this;
    }
}
