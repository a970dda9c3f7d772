using Google.Protobuf;

namespace Assay.Examples.Credit;

/// <summary>
/// The few messages of onnx.proto that a small graph needs, written field by field (numbers from the ONNX IR specification).
/// </summary>
static class OnnxMessages
{
    public const int Float = 1;
    public const int Int64 = 7;
    public const int String = 8;
    const long IrVersion = 8;
    const long Opset = 15;
    const long MachineLearningOpset = 2;

    public static byte[] Model(byte[] graph, string producer, IEnumerable<KeyValuePair<string, string>> metadata) => Write(model =>
    {
        Number(model, 1, IrVersion);
        Text(model, 2, producer);
        Message(model, 7, graph);
        Message(model, 8, Write(set => Number(set, 2, Opset)));
        Message(model, 8, Write(set => { Text(set, 1, "ai.onnx.ml"); Number(set, 2, MachineLearningOpset); }));
        foreach (var (key, value) in metadata)
            Message(model, 14, Write(entry => { Text(entry, 1, key); Text(entry, 2, value); }));
    });

    public static byte[] Graph(string name, IEnumerable<byte[]> nodes, IEnumerable<byte[]> constants, IEnumerable<byte[]> inputs, IEnumerable<byte[]> outputs) => Write(graph =>
    {
        All(graph, 1, nodes);
        Text(graph, 2, name);
        All(graph, 5, constants);
        All(graph, 11, inputs);
        All(graph, 12, outputs);
    });

    public static byte[] Node(string operation, string domain, IEnumerable<string> inputs, string output, IEnumerable<byte[]> attributes) => Write(node =>
    {
        foreach (var input in inputs)
            Text(node, 1, input);
        Text(node, 2, output);
        Text(node, 3, output);
        Text(node, 4, operation);
        All(node, 5, attributes);
        if (domain.Length > 0)
            Text(node, 7, domain);
    });

    public static byte[] Attribute(string name, object value) => Write(attribute =>
    {
        Text(attribute, 1, name);
        switch (value)
        {
            case float real: Tag(attribute, 2, WireFormat.WireType.Fixed32).WriteFloat(real); Number(attribute, 20, 1); break;
            case long whole: Number(attribute, 3, whole); Number(attribute, 20, 2); break;
            case float[] reals:
                foreach (var real in reals)
                    Tag(attribute, 7, WireFormat.WireType.Fixed32).WriteFloat(real);
                Number(attribute, 20, 6);
                break;
            case string[] texts:
                foreach (var text in texts)
                    Text(attribute, 9, text);
                Number(attribute, 20, 8);
                break;
            default: throw new ArgumentException($"no attribute of type {value.GetType().Name}", nameof(value));
        }
    });

    public static byte[] Tensor(string name, int type, long[] shape, ReadOnlySpan<byte> littleEndian)
    {
        var raw = ByteString.CopyFrom(littleEndian);
        return Write(tensor =>
        {
            foreach (var size in shape)
                Number(tensor, 1, size);
            Number(tensor, 2, type);
            Text(tensor, 8, name);
            Tag(tensor, 9, WireFormat.WireType.LengthDelimited).WriteBytes(raw);
        });
    }

    /// <summary>A named input or output; a size of null is the number of rows.</summary>
    public static byte[] Value(string name, int type, params long?[] shape) => Write(value =>
    {
        Text(value, 1, name);
        Message(value, 2, Write(typed => Message(typed, 1, Write(tensor =>
        {
            Number(tensor, 1, type);
            Message(tensor, 2, Write(sizes => All(sizes, 1, shape.Select(size => Write(one =>
            {
                if (size is { } known)
                    Number(one, 1, known);
                else
                    Text(one, 2, "N");
            })))));
        }))));
    });

    static byte[] Write(Action<CodedOutputStream> fields)
    {
        using var buffer = new MemoryStream();
        using (var stream = new CodedOutputStream(buffer, leaveOpen: true))
            fields(stream);
        return buffer.ToArray();
    }

    static CodedOutputStream Tag(CodedOutputStream to, int field, WireFormat.WireType type)
    {
        to.WriteTag(field, type);
        return to;
    }

    static void Number(CodedOutputStream to, int field, long value) => Tag(to, field, WireFormat.WireType.Varint).WriteInt64(value);

    static void Text(CodedOutputStream to, int field, string value) => Tag(to, field, WireFormat.WireType.LengthDelimited).WriteString(value);

    static void Message(CodedOutputStream to, int field, byte[] value) => Tag(to, field, WireFormat.WireType.LengthDelimited).WriteBytes(ByteString.CopyFrom(value));

    static void All(CodedOutputStream to, int field, IEnumerable<byte[]> values)
    {
        foreach (var value in values)
            Message(to, field, value);
    }
}
