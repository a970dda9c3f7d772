using System.Text.Json;
using System.Text.Json.Serialization;

namespace Assay.Server.Http;

/// <summary>Texts in request bodies that both databases can hold: a NUL character is refused with its place, before it meets one that cannot.</summary>
sealed class SoundText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.String)
            throw new JsonException(); // the serializer puts type and place into the message
        var text = reader.GetString();
        return text!.Contains('\0', StringComparison.Ordinal) ? throw new JsonException("A text holds a NUL character.") : text;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    // A member of a dictionary is a text too.
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } name && !name.Contains('\0', StringComparison.Ordinal) ? name : throw new JsonException("A name holds a NUL character.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
