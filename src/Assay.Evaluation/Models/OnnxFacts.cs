namespace Assay.Evaluation.Models;

/// <summary>
/// What an ONNX file says that ONNX Runtime does not tell: which other files its tensors lie in, and the classes of its classifier.
/// Field numbers are those of onnx.proto3.
/// </summary>
/// <param name="ExternalFiles">The locations of <c>external_data</c>, as written.</param>
/// <param name="Classes">The <c>classlabels_…</c> of the last node that has any, or the metadata <c>classes</c>.</param>
public sealed record OnnxFacts(IReadOnlySet<string> ExternalFiles, IReadOnlyList<string> Classes)
{
    const int DeepestGraph = 64;

    /// <summary>Reads the file; throws <see cref="FormatException"/> when it is no ONNX file.</summary>
    public static OnnxFacts Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        var found = new Collector();
        var model = new ProtobufReader(file, file.Length);
        var graphs = 0;
        while (model.Read())
            switch (model.Field)
            {
                case 7 when model.HasLength: graphs++; found.Graph(model.Message(), 0); break;
                case 14 when model.HasLength: found.Metadata(model.Message()); break;
                case 20 when model.HasLength: found.Training(model.Message()); break;
                case 25 when model.HasLength: found.Function(model.Message()); break;
            }
        return graphs > 0 ? new(found.Files, found.Classes ?? found.Declared ?? []) : throw new FormatException("there is no graph in it");
    }

    sealed class Collector
    {
        public HashSet<string> Files { get; } = new(StringComparer.Ordinal);
        public List<string>? Classes { get; private set; }
        public List<string>? Declared { get; private set; }

        public void Graph(ProtobufReader graph, int depth)
        {
            if (depth > DeepestGraph)
                throw new FormatException($"graphs nested more than {DeepestGraph} deep");
            while (graph.Read())
                switch (graph.Field)
                {
                    case 1 when graph.HasLength: Node(graph.Message(), depth); break;
                    case 5 when graph.HasLength: Tensor(graph.Message()); break;
                    case 15 when graph.HasLength: Sparse(graph.Message()); break;
                }
        }

        public void Training(ProtobufReader training)
        {
            while (training.Read())
                if (training.Field is 1 or 2 && training.HasLength)
                    Graph(training.Message(), 1);
        }

        public void Function(ProtobufReader function)
        {
            while (function.Read())
                if (function.Field == 7 && function.HasLength)
                    Node(function.Message(), 1);
                else if (function.Field == 11 && function.HasLength)
                    Attribute(function.Message(), 1);
        }

        void Node(ProtobufReader node, int depth)
        {
            while (node.Read())
                if (node.Field == 5 && node.HasLength)
                    Attribute(node.Message(), depth);
        }

        void Attribute(ProtobufReader attribute, int depth)
        {
            var name = "";
            var labels = new List<string>();
            while (attribute.Read())
                switch (attribute.Field)
                {
                    case 1 when attribute.HasLength: name = attribute.Text(); break;
                    case 5 when attribute.HasLength: Tensor(attribute.Message()); break;
                    case 6 or 11 when attribute.HasLength: Graph(attribute.Message(), depth + 1); break;
                    case 10 when attribute.HasLength: Tensor(attribute.Message()); break;
                    case 22 or 23 when attribute.HasLength: Sparse(attribute.Message()); break;
                    // Numbers and texts are read only where they are labels: a tree ensemble has millions of others.
                    case 8 when IsLabels(name): labels.AddRange(attribute.Numbers().Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))); break;
                    case 9 when IsLabels(name) && attribute.HasLength: labels.Add(attribute.Text()); break;
                }
            if (labels.Count > 0)
                Classes = labels;
        }

        void Sparse(ProtobufReader sparse)
        {
            while (sparse.Read())
                if (sparse.Field is 1 or 2 && sparse.HasLength)
                    Tensor(sparse.Message());
        }

        void Tensor(ProtobufReader tensor)
        {
            while (tensor.Read())
                if (tensor.Field == 13 && tensor.HasLength && Entry(tensor.Message()) is ("location", var location))
                    Files.Add(location);
        }

        public void Metadata(ProtobufReader entry)
        {
            if (Entry(entry) is ("classes", var value))
                Declared = [.. value.Trim().TrimStart('[').TrimEnd(']').Split(',').Select(c => c.Trim().Trim('"', '\''))];
        }

        static bool IsLabels(string name) => name.StartsWith("classlabels_", StringComparison.Ordinal);

        static (string Key, string Value) Entry(ProtobufReader entry)
        {
            string key = "", value = "";
            while (entry.Read())
                if (entry.Field == 1 && entry.HasLength)
                    key = entry.Text();
                else if (entry.Field == 2 && entry.HasLength)
                    value = entry.Text();
            return (key, value);
        }
    }
}
