using System.Text;
using System.Text.Json;

namespace Assay.Evaluation.Data.Formats;

/// <summary>Puts the values of a line into the buffers of their columns.</summary>
internal sealed class JsonRow(JsonColumns columns, ColumnBuffer[] buffers)
{
    readonly int[] targets = [.. columns.All.Select(c => Array.FindIndex(buffers, b => b.Field.Name == c.Field.Name))];
    readonly bool[] filled = new bool[buffers.Length];

    public void Take(ref Utf8JsonReader reader, long row)
    {
        Array.Clear(filled);
        var expected = 0;
        for (JsonColumns.Begin(ref reader); reader.Read() && reader.TokenType == JsonTokenType.PropertyName; expected++)
        {
            var target = columns.Find(ref reader, expected) is { } column ? targets[column] : throw new DataException($"row {row} has a name that was not there when the file was opened.");
            reader.Read();
            if (target >= 0)
            {
                Put(buffers[target], ref reader, row);
                filled[target] = true;
            }
            else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                reader.Skip();
        }
        for (var i = 0; i < buffers.Length; i++)
            if (!filled[i])
                buffers[i].AddMissing();
    }

    static void Put(ColumnBuffer into, ref Utf8JsonReader reader, long row)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: into.AddMissing(); break;
            case JsonTokenType.String when into.Field.Kind == DataKind.Text: into.Add(reader.GetString()!); break;
            case JsonTokenType.True when into.Field.Kind == DataKind.Truth: into.Add(1); break;
            case JsonTokenType.False when into.Field.Kind == DataKind.Truth: into.Add(0); break;
            case JsonTokenType.Number when into.Field.Kind == DataKind.Number: into.Add(reader.GetDouble()); break;
            case JsonTokenType.Number when into.Field.Kind == DataKind.Whole: Whole(into, ref reader); break;
            default: throw new DataException($"row {row} has another kind of value in the column {into.Field.Name} than when the file was opened.");
        }
    }

    static void Whole(ColumnBuffer into, ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt64(out var number))
            into.AddWhole(number);
        else
            into.AddWhole(Encoding.ASCII.GetString(reader.ValueSpan));
    }
}
