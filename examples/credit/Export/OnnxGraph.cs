using System.Runtime.InteropServices;

namespace Assay.Examples.Credit;

/// <summary>Builds a graph step by step: each step gives the name of its result, which later steps take.</summary>
sealed class OnnxGraph
{
    const string MachineLearning = "ai.onnx.ml";
    readonly List<byte[]> nodes = [];
    readonly List<byte[]> constants = [];
    readonly List<byte[]> inputs = [];

    /// <summary>A column of numbers, one for each row, as data frames hand them over (rank 1).</summary>
    public string NumberInput(string name) => Input(name, OnnxMessages.Float);

    /// <summary>A column of words.</summary>
    public string WordInput(string name) => Input(name, OnnxMessages.String);

    /// <summary>The columns side by side, as a matrix with a row for each row.</summary>
    public string Columns(string name, IEnumerable<string> columns)
    {
        var shape = Constant($"{name}_shape", [-1L, 1L]);
        return Step("Concat", name, columns.Select(column => Step("Reshape", $"{name}_{column}", [column, shape])), ("axis", 1L));
    }

    /// <summary>Numbers in place of NaN.</summary>
    public string Filled(string name, string matrix, float[] values) =>
        Step("Imputer", name, [matrix], MachineLearning, ("imputed_value_floats", values), ("replaced_value_float", float.NaN));

    /// <summary>A column for each word, 1 where it is the one; a word that is not in the list is none of them.</summary>
    public string OneHot(string name, string column, string[] words) =>
        Step("OneHotEncoder", name, [column], MachineLearning, ("cats_strings", words), ("zeros", 1L));

    public string Step(string operation, string name, IEnumerable<string> from, params (string Name, object Value)[] attributes) => Step(operation, name, from, "", attributes);

    public string Constant(string name, float[] values, params long[] shape)
    {
        constants.Add(OnnxMessages.Tensor(name, OnnxMessages.Float, shape.Length > 0 ? shape : [values.Length], MemoryMarshal.AsBytes(values.AsSpan())));
        return name;
    }

    public string Constant(string name, long[] values)
    {
        constants.Add(OnnxMessages.Tensor(name, OnnxMessages.Int64, [values.Length], MemoryMarshal.AsBytes(values.AsSpan())));
        return name;
    }

    /// <summary>The model file. Its output is a column of numbers, one for each row.</summary>
    public byte[] Finish(string name, string output, IEnumerable<KeyValuePair<string, string>> metadata) =>
        OnnxMessages.Model(OnnxMessages.Graph(name, nodes, constants, inputs, [OnnxMessages.Value(output, OnnxMessages.Float, null, 1)]), "train-credit", metadata);

    string Input(string name, int type)
    {
        inputs.Add(OnnxMessages.Value(name, type, [null]));
        return name;
    }

    string Step(string operation, string name, IEnumerable<string> from, string domain, params (string Name, object Value)[] attributes)
    {
        nodes.Add(OnnxMessages.Node(operation, domain, from.ToArray(), name, attributes.Select(attribute => OnnxMessages.Attribute(attribute.Name, attribute.Value))));
        return name;
    }
}
