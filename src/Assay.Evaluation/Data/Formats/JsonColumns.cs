using System.Text;
using System.Text.Json;

namespace Assay.Evaluation.Data.Formats;

/// <summary>The columns of a JSON lines file, as they turn out while it is walked through.</summary>
internal sealed class JsonColumns
{
    readonly List<byte[]> names = [];
    readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);
    readonly List<DataKind?> kinds = [];
    readonly List<bool> nested = [];
    readonly List<long> seen = [];
    IReadOnlyList<TableColumn>? all;

    /// <summary>The columns in the order in which their names occur; one without any value is text.</summary>
    public IReadOnlyList<TableColumn> All => all ??= [.. indexes.OrderBy(i => i.Value).Select(i =>
        new TableColumn(new(i.Key, kinds[i.Value] ?? DataKind.Text), nested[i.Value] ? "it is nested" : null))];

    /// <summary>Takes a row into account. Throws <see cref="DataException"/> when a value does not go with those before it.</summary>
    public void Learn(ref Utf8JsonReader reader, long row)
    {
        var expected = 0;
        for (Begin(ref reader); reader.Read() && reader.TokenType == JsonTokenType.PropertyName; expected++)
        {
            var column = Find(ref reader, expected) ?? Add(reader.GetString()!);
            // Each column remembers the last row that had it: twice in one row is a contradiction.
            if (seen[column] == row)
                throw new DataException($"row {row} has the name {reader.GetString()} twice.");
            seen[column] = row;
            reader.Read();
            Learn(column, ref reader, row);
        }
        End(ref reader);
    }

    /// <summary>The column that the reader stands at: most rows have the same names in the same order.</summary>
    public int? Find(ref Utf8JsonReader reader, int expected) =>
        expected < names.Count && reader.ValueTextEquals(names[expected]) ? expected : indexes.TryGetValue(reader.GetString()!, out var index) ? index : null;

    /// <summary>Goes into the object of a line.</summary>
    public static void Begin(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("it begins with something else.");
    }

    /// <summary>Makes sure that nothing stands behind it.</summary>
    public static void End(ref Utf8JsonReader reader)
    {
        if (reader.Read())
            throw new JsonException("something stands behind it.");
    }

    int Add(string name)
    {
        if (names.Count == DataLimits.MostColumns)
            throw new DataException($"it has more than {DataLimits.MostColumns} columns.");
        indexes[name] = names.Count;
        names.Add(Encoding.UTF8.GetBytes(name));
        kinds.Add(null);
        nested.Add(false);
        seen.Add(0);
        return names.Count - 1;
    }

    void Learn(int column, ref Utf8JsonReader reader, long row)
    {
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            nested[column] = true;
            reader.Skip();
            return;
        }
        if (reader.TokenType == JsonTokenType.Null)
            return;
        var kind = reader.TokenType switch
        {
            JsonTokenType.True or JsonTokenType.False => DataKind.Truth,
            JsonTokenType.String => DataKind.Text,
            _ => reader.ValueSpan.ContainsAny(".eE"u8) ? DataKind.Number : DataKind.Whole,
        };
        kinds[column] = (kinds[column], kind) switch
        {
            (null, _) => kind,
            (DataKind.Whole, DataKind.Number) or (DataKind.Number, DataKind.Whole) => DataKind.Number,
            var (before, now) when before == now => now,
            var (before, now) => throw new DataException($"row {row} has {Word(now)} in the column {Encoding.UTF8.GetString(names[column])}, which has {Word(before!.Value)} before."),
        };
    }

    static string Word(DataKind kind) => kind switch { DataKind.Truth => "true or false", DataKind.Text => "text", _ => "numbers" };
}
