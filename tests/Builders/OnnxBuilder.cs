using Google.Protobuf;

namespace Assay.Tests.Builders;

/// <summary>Writes an ONNX graph with the field numbers of onnx.proto3; nothing but what the tests need.</summary>
internal sealed class OnnxBuilder
{
    public const int Float = 1, Long = 7, Text = 8, Bool = 9, Double = 11;
    readonly List<byte[]> nodes = [], weights = [], inputs = [], outputs = [], metadata = [];

    public OnnxBuilder Input(string name, int kind, params long[] shape) => Add(inputs, Port(name, kind, shape));

    public OnnxBuilder Output(string name, int kind, params long[] shape) => Add(outputs, Port(name, kind, shape));

    /// <summary>An output that is a sequence of tensors.</summary>
    public OnnxBuilder OutputTensors(string name, int kind) => Add(outputs, Message(o =>
    {
        String(o, 1, name);
        Bytes(o, 2, Message(t => Bytes(t, 4, Message(s => Bytes(s, 1, Message(e => Bytes(e, 1, Message(x => Number(x, 1, kind)))))))));
    }));

    /// <summary>An output that is a sequence of maps from text, or whole numbers, to float.</summary>
    public OnnxBuilder OutputMaps(string name, int key = Text) => Add(outputs, Message(o =>
    {
        String(o, 1, name);
        Bytes(o, 2, Message(t => Bytes(t, 4, Message(s => Bytes(s, 1, Message(e => Bytes(e, 5, Message(m =>
        {
            Number(m, 1, key);
            Bytes(m, 2, Message(v => Bytes(v, 1, Message(x => { Number(x, 1, Float); Bytes(x, 2, []); }))));
        }))))))));
    }));

    public OnnxBuilder Weights(string name, long[] shape, params float[] values) => Add(weights, Tensor(name, shape, values));

    public OnnxBuilder Whole(string name, long[] shape, params long[] values) => Add(weights, Message(o =>
    {
        foreach (var d in shape)
            Number(o, 1, d);
        Number(o, 2, Long);
        foreach (var v in values)
            Number(o, 7, v);
        String(o, 8, name);
    }));

    public OnnxBuilder Truth(string name, bool value) => Add(weights, Message(o => { Number(o, 2, Bool); Number(o, 5, value ? 1 : 0); String(o, 8, name); }));

    /// <summary>Weights that lie in another file.</summary>
    public OnnxBuilder External(string name, long[] shape, string location) => Add(weights, Message(o =>
    {
        foreach (var d in shape)
            Number(o, 1, d);
        Number(o, 2, Float);
        String(o, 8, name);
        Bytes(o, 13, Message(e => { String(e, 1, "location"); String(e, 2, location); }));
        Number(o, 14, 1);
    }));

    public OnnxBuilder Node(string op, string[] from, string[] to, params byte[][] attributes) => Add(nodes, Message(o =>
    {
        foreach (var f in from)
            String(o, 1, f);
        foreach (var t in to)
            String(o, 2, t);
        String(o, 4, op);
        foreach (var a in attributes)
            Bytes(o, 5, a);
        if (op is "ZipMap" or "OneHotEncoder" or "TreeEnsembleRegressor")
            String(o, 7, "ai.onnx.ml");
    }));

    public OnnxBuilder Metadata(string key, string value) => Add(metadata, Message(o => { String(o, 1, key); String(o, 2, value); }));

    public static byte[] Whole(string name, long value) => Message(o => { String(o, 1, name); Number(o, 3, value); Number(o, 20, 2); });
    public static byte[] Texts(string name, params string[] values) => Message(o =>
    {
        String(o, 1, name);
        foreach (var v in values)
            String(o, 9, v);
        Number(o, 20, 8);
    });
    public static byte[] Wholes(string name, params long[] values) => Message(o =>
    {
        String(o, 1, name);
        foreach (var v in values)
            Number(o, 8, v);
        Number(o, 20, 7);
    });
    public static byte[] Reals(string name, params float[] values) => Message(o =>
    {
        String(o, 1, name);
        foreach (var v in values)
        {
            o.WriteTag(7, WireFormat.WireType.Fixed32);
            o.WriteFloat(v);
        }
        Number(o, 20, 6);
    });
    public byte[] Subgraph(string name) => Message(o => { String(o, 1, name); Bytes(o, 6, Graph()); Number(o, 20, 5); });

    public byte[] Build() => Message(o =>
    {
        Number(o, 1, 8);
        Bytes(o, 7, Graph());
        Bytes(o, 8, Message(s => { String(s, 1, ""); Number(s, 2, 17); }));
        Bytes(o, 8, Message(s => { String(s, 1, "ai.onnx.ml"); Number(s, 2, 3); }));
        foreach (var m in metadata)
            Bytes(o, 14, m);
    });

    byte[] Graph() => Message(o =>
    {
        foreach (var n in nodes)
            Bytes(o, 1, n);
        String(o, 2, "g");
        foreach (var w in weights)
            Bytes(o, 5, w);
        foreach (var i in inputs)
            Bytes(o, 11, i);
        foreach (var p in outputs)
            Bytes(o, 12, p);
    });

    static byte[] Tensor(string name, long[] shape, float[] values) => Message(o =>
    {
        foreach (var d in shape)
            Number(o, 1, d);
        Number(o, 2, Float);
        Bytes(o, 4, Message(p => { foreach (var v in values) p.WriteFloat(v); }));
        String(o, 8, name);
    });

    static byte[] Port(string name, int kind, long[] shape) => Message(o =>
    {
        String(o, 1, name);
        Bytes(o, 2, Message(t => Bytes(t, 1, Message(x =>
        {
            Number(x, 1, kind);
            Bytes(x, 2, Message(s =>
            {
                foreach (var d in shape)
                    Bytes(s, 1, Message(dim => { if (d >= 0) Number(dim, 1, d); else String(dim, 2, "N"); }));
            }));
        }))));
    });

    OnnxBuilder Add(List<byte[]> to, byte[] bytes)
    {
        to.Add(bytes);
        return this;
    }

    static byte[] Message(Action<CodedOutputStream> write)
    {
        using var bytes = new MemoryStream();
        using (var o = new CodedOutputStream(bytes, leaveOpen: true))
            write(o);
        return bytes.ToArray();
    }

    static void Number(CodedOutputStream o, int field, long value)
    {
        o.WriteTag(field, WireFormat.WireType.Varint);
        o.WriteInt64(value);
    }

    static void String(CodedOutputStream o, int field, string value)
    {
        o.WriteTag(field, WireFormat.WireType.LengthDelimited);
        o.WriteString(value);
    }

    static void Bytes(CodedOutputStream o, int field, byte[] value)
    {
        o.WriteTag(field, WireFormat.WireType.LengthDelimited);
        o.WriteBytes(ByteString.CopyFrom(value));
    }
}
