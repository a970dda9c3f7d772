using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Assay.Evaluation.Inputs;
using Assay.Evaluation.Models;

namespace Assay.Evaluation.Runners.Inference;

/// <summary>
/// A question or an answer of the v2 protocol over HTTP: JSON, behind which the elements of tensors may stand as bytes. JSON has no NaN: null stands for it.
/// </summary>
/// <param name="Head">The JSON.</param>
/// <param name="Tensors">Its <c>inputs</c> or <c>outputs</c>.</param>
public sealed record InferenceBody(JsonObject Head, IReadOnlyList<Tensor> Tensors)
{
    const int MostDimensions = 16;

    /// <summary>The parameter by which an answer names the classes of its columns: a JSON list, as text.</summary>
    public const string Classes = "classes";

    /// <summary>Writes the tensors as <paramref name="list"/>. Gives the body, and the length of its JSON where bytes follow it (else null).</summary>
    public static (byte[] Body, int? HeadLength) Write(JsonObject head, string list, IReadOnlyList<Tensor> tensors, bool binary)
    {
        var described = new JsonArray();
        var raw = new List<byte[]>();
        foreach (var tensor in tensors)
        {
            var one = new JsonObject
            {
                ["name"] = tensor.Name,
                ["datatype"] = tensor.Kind.KServeName(),
                ["shape"] = new JsonArray([.. tensor.Shape.Select(d => JsonValue.Create(d))]),
            };
            var parameters = new JsonObject();
            if (tensor.Classes is { Count: > 0 } classes)
                parameters[Classes] = JsonSerializer.Serialize(classes);
            if (binary)
            {
                raw.Add(RawTensor.Write(tensor));
                parameters["binary_data_size"] = raw[^1].Length;
            }
            else
                one["data"] = new JsonArray([.. Enumerable.Range(0, tensor.Data.Length).Select(i => Element(tensor, i))]);
            if (parameters.Count > 0)
                one["parameters"] = parameters;
            described.Add(one);
        }
        head[list] = described;
        var json = JsonSerializer.SerializeToUtf8Bytes(head);
        return binary ? ([.. json, .. raw.SelectMany(r => r)], json.Length) : (json, null);
    }

    /// <summary>Reads a body; throws <see cref="FormatException"/> that says what is wrong with it.</summary>
    public static InferenceBody Read(byte[] body, int? headLength, string list)
    {
        if (headLength is < 0 || headLength > body.Length)
            throw new FormatException($"its JSON is said to be {headLength} of {body.Length} bytes long");
        try
        {
            var head = JsonNode.Parse(body.AsSpan(0, headLength ?? body.Length)) as JsonObject ?? throw new FormatException("it is no JSON object");
            var tensors = new List<Tensor>();
            var at = headLength ?? body.Length;
            foreach (var item in head[list] as JsonArray ?? throw new FormatException($"it has no list {list}"))
                tensors.Add(One(item as JsonObject ?? throw new FormatException($"{list} has an item that is no object"), body, ref at));
            return at == body.Length ? new(head, tensors) : throw new FormatException($"{body.Length - at} bytes belong to no tensor");
        }
        catch (Exception e) when (e is JsonException or OverflowException or InvalidOperationException)
        {
            throw new FormatException(e.Message, e);
        }
    }

    static Tensor One(JsonObject item, byte[] body, ref int at)
    {
        var name = item["name"]?.ToString() ?? throw new FormatException("a tensor has no name");
        var kind = TensorKinds.Parse(item["datatype"]?.ToString() ?? "") ?? throw new FormatException($"{name} has the datatype {item["datatype"]}, which is not known here");
        int[] shape = [.. (item["shape"] as JsonArray ?? throw new FormatException($"{name} has no shape")).Select(d => Dimension(name, d))];
        if (shape.Length > MostDimensions)
            throw new FormatException($"{name} has more than {MostDimensions} dimensions");
        Tensor tensor;
        if (item["parameters"]?["binary_data_size"] is { } said)
        {
            var size = Dimension(name, said);
            if (size > body.Length - at)
                throw new FormatException($"{name} is said to have {size} bytes, {body.Length - at} are left");
            tensor = RawTensor.Read(name, kind, shape, body.AsSpan(at, size));
            at += size;
        }
        else
            tensor = OfJson(name, kind, shape, item["data"]);
        return item["parameters"]?[Classes] is JsonValue classes && classes.GetValueKind() == JsonValueKind.String
            ? tensor with { Classes = JsonSerializer.Deserialize<string[]>(classes.GetValue<string>()) } : tensor;
    }

    static Tensor OfJson(string name, TensorKind kind, int[] shape, JsonNode? data)
    {
        var cells = new List<Cell>();
        if (data is not JsonArray || !new NestedLists(cells).Take(data))
            throw new FormatException($"{name} has no data, or lists of different lengths in it");
        if (shape.Aggregate(1L, (product, d) => checked(product * d)) != cells.Count)
            throw new FormatException($"{name} has {cells.Count} elements, which its shape [{string.Join(", ", shape)}] does not hold");
        var array = kind.Allocate(cells.Count);
        for (var i = 0; i < cells.Count; i++)
            if (CellConversion.Put(array, i, cells[i]) is { } rule)
                throw new FormatException($"element {i + 1} of {name}: {cells[i]} is no {kind.KServeName()}; {rule}");
        return new(name, kind, shape, array);
    }

    static int Dimension(string name, JsonNode? node) => Cell.Of(node) is { Kind: CellKind.Integer, Whole: >= 0 and <= int.MaxValue } cell
        ? (int)cell.Whole : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} has a shape or size of {node?.ToJsonString() ?? "nothing"}"));

    static JsonNode? Element(Tensor tensor, int index) => tensor.Kind switch
    {
        TensorKind.Text => JsonValue.Create(((string[])tensor.Data)[index]),
        TensorKind.Bool => JsonValue.Create(((bool[])tensor.Data)[index]),
        TensorKind.Int64 => JsonValue.Create(((long[])tensor.Data)[index]),
        TensorKind.UInt64 => JsonValue.Create(((ulong[])tensor.Data)[index]),
        TensorKind.Float when float.IsFinite(((float[])tensor.Data)[index]) => JsonValue.Create(((float[])tensor.Data)[index]),
        _ => tensor.Number(index) is var number && double.IsFinite(number) ? JsonValue.Create(number) : null,
    };
}
