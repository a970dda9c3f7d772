using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Assay.Client;

/// <summary>The runtime and the machine, as the file <c>environment/runtime.json</c>.</summary>
static class RuntimeFacts
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["framework"] = RuntimeInformation.FrameworkDescription,
        ["runtime_identifier"] = RuntimeInformation.RuntimeIdentifier,
        ["process_architecture"] = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        ["host"] = new JsonObject(HostFacts.Read().Select(fact => KeyValuePair.Create(fact.Key, (JsonNode?)JsonValue.Create(fact.Value)))),
    }, Readable);
}
