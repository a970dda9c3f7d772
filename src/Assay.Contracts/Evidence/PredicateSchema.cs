using Assay.Contracts.Documents;

namespace Assay.Contracts.Evidence;

/// <summary>The published schema of the evaluation predicate (docs/schemas/evaluation-v1.schema.json).</summary>
public static class PredicateSchema
{
    const string Name = "evaluation-v1.schema.json";

    /// <summary>Its text.</summary>
    public static string Text
    {
        get
        {
            using var stream = typeof(PredicateSchema).Assembly.GetManifestResourceStream(Name) ?? throw new InvalidOperationException($"the assembly has no resource {Name}");
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>The schema, to check predicates by.</summary>
    public static JsonSchema Read() => JsonSchema.Parse(Text);
}
