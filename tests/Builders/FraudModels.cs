using static Assay.Tests.Builders.OnnxBuilder;

namespace Assay.Tests.Builders;

/// <summary>The model that examples/fraud is written for, as a good one and with each mistake that its suite must find.</summary>
internal static class FraudModels
{
    /// <summary>Everything that the model takes; it does without any of them, as a payment may lack any.</summary>
    const string Signature = """
        [{"name": "amount", "type": "double", "required": false}, {"name": "card_present", "type": "double", "required": false}, {"name": "country", "type": "string", "required": false}, {"name": "ip_country", "type": "string", "required": false}, {"name": "minutes_since_last", "type": "double", "required": false}, {"name": "n_tx_1h", "type": "double", "required": false}, {"name": "x", "type": "double", "required": false}]
        """;

    public static byte[] Good => Build();

    public static byte[] Constant => Build(weight: 0, bias: 0, mismatch: 0, absent: 0);

    public static byte[] NotANumber => Build(link: "Sqrt", sign: -1);

    public static byte[] SwappedColumns => Build(count: "minutes_since_last", other: "n_tx_1h");

    public static byte[] LogOdds => Build(link: "Identity");

    public static byte[] OffByOneCategory => Build(ipCountries: ["RO", "GB", "US"]);

    public static byte[] WrongType => Build(kind: OnnxBuilder.Double);

    /// <summary>The folder as MLflow logs it, with one of these models.</summary>
    public static ModelFolders In(byte[] model)
    {
        var folder = ModelFolders.With(model);
        File.AppendAllText(Path.Combine(folder.Model, "MLmodel"), $"\nsignature:\n  inputs: '{Signature.Trim()}'\n");
        return folder;
    }

    static byte[] Build(string link = "Sigmoid", float weight = 0.05f, float bias = -4, float mismatch = 2.35f, float absent = 2, float sign = 1,
        string count = "n_tx_1h", string other = "minutes_since_last", string[]? ipCountries = null, int kind = Float) => new OnnxBuilder()
        .Input("amount", Float, -1, 1).Input("card_present", Float, -1, 1).Input("country", Text, -1, 1).Input("ip_country", Text, -1, 1)
        .Input("minutes_since_last", Float, -1, 1).Input("n_tx_1h", Float, -1, 1).Input("x", Float, -1, -1)
        .Output("score", Float, -1, 1).Output("probabilities", kind, -1, 3)
        .Weights("zero", [1], 0).Weights("one", [1], 1).Weights("weight", [1], weight).Weights("bias", [1], bias).Weights("mismatch", [1], mismatch)
        .Weights("absent", [1], absent).Weights("sign", [1], sign).Whole("last", [1], -1)
        .Node("OneHotEncoder", ["country"], ["home"], Texts("cats_strings", "US", "RO", "GB", "DE"))
        .Node("OneHotEncoder", ["ip_country"], ["seen"], Texts("cats_strings", [.. ipCountries ?? ["US", "RO", "GB"], "DE"]))
        .Node("Mul", ["home", "seen"], ["both"]).Node("ReduceSum", ["both", "last"], ["same"], OnnxBuilder.Whole("keepdims", 0))
        .Node("Sub", ["one", "same"], ["differs"]).Node("Mul", ["differs", "mismatch"], ["far"])
        .Node("Sub", ["one", "card_present"], ["no_card"]).Node("Mul", ["no_card", "absent"], ["remote"])
        .Node("Mul", [count, "weight"], ["burst"]).Node("Mul", [other, "zero"], ["idle"]).Node("Mul", ["amount", "zero"], ["free"])
        .Node("Sum", ["far", "remote", "burst", "idle", "free", "bias"], ["log_odds"])
        .Node("Abs", ["log_odds"], ["distance"]).Node("Mul", [sign < 0 ? "distance" : "log_odds", "sign"], ["turned"]).Node(link, ["turned"], ["score"])
        .Weights("slope", [1, 3], 0.3f, 0.1f, -0.2f).Node("IsNaN", ["x"], ["unknown"]).Node("Where", ["unknown", "zero", "x"], ["known"])
        .Node("ReduceSum", ["known", "last"], ["total"], OnnxBuilder.Whole("keepdims", 1)).Node("Mul", ["total", "slope"], ["logits"])
        .Node("Softmax", ["logits"], ["shares"], OnnxBuilder.Whole("axis", -1)).Node("Cast", ["shares"], ["probabilities"], OnnxBuilder.Whole("to", kind)).Build();
}
