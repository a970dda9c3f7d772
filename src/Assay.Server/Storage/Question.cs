namespace Assay.Server.Storage;

/// <summary>A query with its arguments, to be asked together with others (<see cref="Tx.Ask"/>).</summary>
public abstract class Question(string sql, IReadOnlyList<(string Name, object? Value)> args)
{
    /// <summary>The statement.</summary>
    public string Sql => sql;

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<(string Name, object? Value)> Args => args;

    /// <summary>Keeps one row of the answer.</summary>
    internal abstract void Take(Row row);
}

/// <summary>A question whose rows are bounded by a page or by nature.</summary>
public sealed class Question<T>(Query<T> query, params IReadOnlyList<(string Name, object? Value)> args) : Question(query.Sql, args)
{
    readonly List<T> found = [];

    /// <summary>What was found, in the order of the statement; empty until it was asked.</summary>
    public IReadOnlyList<T> Found => found;

    internal override void Take(Row row) => found.Add(query.Read(row));
}
