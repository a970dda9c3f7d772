using static Assay.Tests.Builders.OnnxBuilder;

namespace Assay.Tests.Builders;

/// <summary>Small models, good and bad, that ONNX Runtime really runs.</summary>
internal static class OnnxModels
{
    /// <summary>sigmoid(x·w + b) of one tensor <c>input</c> [N, k], as <c>score</c> [N, 1].</summary>
    public static byte[] Logistic(float[] weights, float bias) => Linear(weights, bias, "Sigmoid");

    /// <summary>x·w + b, as <c>variable</c> [N, 1].</summary>
    public static byte[] Regression(float[] weights, float bias) => Linear(weights, bias, "Identity", "variable");

    /// <summary>log(−1 − x²): not a number, for each row.</summary>
    public static byte[] NotANumber() => new OnnxBuilder().Input("input", Float, -1, 1).Output("score", Float, -1, 1)
        .Weights("minus", [1], -1).Node("Mul", ["input", "input"], ["square"]).Node("Sub", ["minus", "square"], ["negative"]).Node("Log", ["negative"], ["score"]).Build();

    /// <summary>The trio that ML.NET exports: one input per column, and <c>Score</c>, <c>Probability</c>, <c>PredictedLabel</c>, here with a label that is constantly true.</summary>
    public static byte[] LikeMlNet(float age, float income, float bias) => new OnnxBuilder()
        .Input("age", Float, -1, 1).Input("income", Float, -1, 1)
        .Output("PredictedLabel.output", Bool, -1, 1).Output("Score.output", Float, -1, 1).Output("Probability.output", Float, -1, 1)
        .Weights("wa", [1], age).Weights("wi", [1], income).Weights("b", [1], bias).Weights("low", [1], -1e30f)
        .Node("Mul", ["age", "wa"], ["a"]).Node("Mul", ["income", "wi"], ["i"]).Node("Add", ["a", "i"], ["s"]).Node("Add", ["s", "b"], ["Score.output"])
        .Node("Sigmoid", ["Score.output"], ["Probability.output"]).Node("Greater", ["Score.output", "low"], ["PredictedLabel.output"]).Build();

    /// <summary>Probabilities of three classes that it names, and its own label.</summary>
    public static byte[] ThreeClasses() => new OnnxBuilder().Input("input", Float, -1, 3).Output("probabilities", Float, -1, 3).Output("label", Long, -1)
        .Node("Softmax", ["input"], ["probabilities"], OnnxBuilder.Whole("axis", -1))
        .Node("ArgMax", ["probabilities"], ["label"], OnnxBuilder.Whole("axis", 1), OnnxBuilder.Whole("keepdims", 0))
        .Metadata("classes", "[\"Adelie\", \"Chinstrap\", \"Gentoo\"]").Build();

    /// <summary>Two probabilities as scikit-learn's sequence of maps, classes <c>bad</c> and <c>good</c>; p(good) is the input.</summary>
    public static byte[] ZipMap() => new OnnxBuilder().Input("input", Float, -1, 1).OutputMaps("output_probability")
        .Weights("one", [1], 1).Node("Sub", ["one", "input"], ["rest"])
        .Node("Concat", ["rest", "input"], ["both"], OnnxBuilder.Whole("axis", 1))
        .Node("ZipMap", ["both"], ["output_probability"], Texts("classlabels_strings", "bad", "good")).Build();

    /// <summary>As <see cref="ZipMap"/>, with the classes 3 and 7 as whole numbers.</summary>
    public static byte[] ZipMapOfNumbers() => new OnnxBuilder().Input("input", Float, -1, 1).OutputMaps("output_probability", Long)
        .Weights("one", [1], 1).Node("Sub", ["one", "input"], ["rest"])
        .Node("Concat", ["rest", "input"], ["both"], OnnxBuilder.Whole("axis", 1))
        .Node("ZipMap", ["both"], ["output_probability"], Wholes("classlabels_int64s", 3, 7)).Build();

    /// <summary>A sequence of two tensors, as scikit-learn's classifiers of several labels have it.</summary>
    public static byte[] SequenceOfTensors() => new OnnxBuilder().Input("input", Float, -1, 1).OutputTensors("probabilities", Float)
        .Weights("one", [1], 1).Node("Sub", ["one", "input"], ["rest"]).Node("SequenceConstruct", ["input", "rest"], ["probabilities"]).Build();

    /// <summary>A model exported for two rows at a time: the number doubled.</summary>
    public static byte[] TwoRowsAtATime() => new OnnxBuilder().Input("input", Float, 2, 1).Output("score", Float, 2, 1)
        .Node("Add", ["input", "input"], ["score"]).Build();

    /// <summary>Answers with one row more than it was asked.</summary>
    public static byte[] RowTooMany() => new OnnxBuilder().Input("input", Float, -1, 1).Output("score", Float, -1, 1)
        .Weights("more", [1, 1], 7).Node("Concat", ["input", "more"], ["score"], OnnxBuilder.Whole("axis", 0)).Build();

    /// <summary>A loop that ends after 2⁶² rounds.</summary>
    public static byte[] Hanging() => new OnnxBuilder().Input("input", Float, -1, 1).Output("score", Float, -1, 1)
        .Whole("rounds", [], 1L << 62).Truth("go", true)
        .Node("Loop", ["rounds", "go", "input"], ["score"], new OnnxBuilder().Input("i", Long).Input("c", Bool).Input("x", Float, -1, 1)
            .Output("d", Bool).Output("y", Float, -1, 1).Node("Identity", ["c"], ["d"]).Node("Sin", ["x"], ["y"]).Subgraph("body")).Build();

    /// <summary>Wants as many gigabytes as its input says.</summary>
    public static byte[] MemoryEating() => new OnnxBuilder().Input("input", Float, -1, 1).Output("score", Float, -1, 1)
        .Weights("gigabytes", [1], 1 << 28).Whole("flat", [1], -1)
        .Node("Mul", ["input", "gigabytes"], ["many"]).Node("Cast", ["many"], ["wide"], OnnxBuilder.Whole("to", Long)).Node("Reshape", ["wide", "flat"], ["shape"])
        .Node("ConstantOfShape", ["shape"], ["huge"]).Node("ReduceMax", ["huge"], ["most"], OnnxBuilder.Whole("keepdims", 0)).Node("Add", ["input", "most"], ["score"]).Build();

    /// <summary>x·w with w in another file.</summary>
    public static byte[] WeightsIn(string location) => new OnnxBuilder().Input("input", Float, -1, 1).Output("score", Float, -1, 1)
        .External("w", [1, 1], location).Node("MatMul", ["input", "w"], ["score"]).Build();

    /// <summary>A model of one input type that gives its input back.</summary>
    public static byte[] Echo(int kind) => new OnnxBuilder().Input("input", kind, -1, 1).Output("score", kind, -1, 1).Node("Identity", ["input"], ["score"]).Build();

    static byte[] Linear(float[] weights, float bias, string link, string output = "score") => new OnnxBuilder()
        .Input("input", Float, -1, weights.Length).Output(output, Float, -1, 1)
        .Weights("w", [weights.Length, 1], weights).Weights("b", [1], bias)
        .Node("MatMul", ["input", "w"], ["xw"]).Node("Add", ["xw", "b"], ["linear"]).Node(link, ["linear"], [output]).Build();
}
