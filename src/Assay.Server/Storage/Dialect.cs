using System.Text;

namespace Assay.Server.Storage;

/// <summary>All that differs between the two engines in the text of a statement.</summary>
public abstract class Dialect
{
    /// <summary>Which engine.</summary>
    public abstract Engine Engine { get; }

    /// <summary>The condition that a column matches a pattern with % and _, upper and lower case told apart.</summary>
    public abstract string Like(string column, string parameter);

    /// <summary>The same, case ignored.</summary>
    public abstract string ILike(string column, string parameter);

    /// <summary>What <c>{among}</c> becomes: the condition, behind a column's name, that its value is one of the list <c>@among</c>.</summary>
    public abstract string Among { get; }

    /// <summary>A statement with its <c>{among}</c> filled in.</summary>
    public string WithList(string sql) => sql.Replace("{among}", Among, StringComparison.Ordinal);

    /// <summary>What <c>{rows}</c> becomes for these columns.</summary>
    public abstract string RowSource(Rows rows);

    /// <summary>A statement with its <c>{rows}</c> filled in.</summary>
    public string WithRows(string sql, Rows rows) => sql.Replace("{rows}", RowSource(rows), StringComparison.Ordinal);

    /// <summary>The type words of the schema files: {text} {int} {real} {bytes} {bool}.</summary>
    protected abstract IReadOnlyList<(string Word, string Type)> Types { get; }

    /// <summary>The prefix of schema lines for this engine only; lines of the other are left out.</summary>
    protected abstract (string Mine, string Other) LinePrefix { get; }

    /// <summary>A schema file in this engine's words.</summary>
    public string Schema(string text)
    {
        var (mine, other) = LinePrefix;
        var built = new StringBuilder();
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.TrimStart();
            if (!trimmed.StartsWith(other, StringComparison.Ordinal))
                built.Append(trimmed.StartsWith(mine, StringComparison.Ordinal) ? trimmed[mine.Length..] : line).Append('\n');
        }
        foreach (var (word, type) in Types)
            built.Replace(word, type);
        return built.ToString();
    }
}
