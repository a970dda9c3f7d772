namespace Assay.Examples.Credit;

/// <summary>The trained model as an ONNX graph that takes the raw columns and does all that <see cref="Preparation"/> does.</summary>
public static class CreditGraph
{
    /// <summary>The output: the probability that a loan ends badly.</summary>
    public const string Output = "score";

    /// <summary>Writes the graph.</summary>
    /// <param name="model">What was trained.</param>
    /// <param name="wiring">
    /// The columns in the order in which the export joins them. Anything but <see cref="LoanColumns.Skewed"/> is the mistake that the broken variant
    /// shows: names and shapes are right, training never notices, and the model reads one column for another.
    /// </param>
    public static byte[] Write(TrainedModel model, string[] wiring)
    {
        var graph = new OnnxGraph();
        var learnt = model.Preparation;
        foreach (var name in LoanColumns.Numbers)
            graph.NumberInput(name);
        foreach (var name in LoanColumns.Words)
            graph.WordInput(name);
        var even = graph.Filled("even_filled", graph.Columns("even", LoanColumns.Even), learnt.Medians[..LoanColumns.Even.Length]);
        var skewed = graph.Filled("skewed_filled", graph.Columns("skewed", wiring), learnt.Medians[LoanColumns.Even.Length..]);
        List<string> scaled = [even, model.Recipe.Logarithms ? Logarithm(graph, "skewed_log", skewed) : skewed];
        if (model.Recipe.Derived)
            scaled.AddRange([FinancedShare(graph, skewed), SpareIncome(graph, skewed)]);
        var words = LoanColumns.Words.Select((name, i) => graph.OneHot($"{name}_words", name, learnt.Words[i]));
        var features = graph.Step("Concat", "features", [Scale(graph, scaled, learnt), .. words], ("axis", 1L));
        var weighed = graph.Step("MatMul", "weighed", [features, graph.Constant("weights", model.Weights, model.Weights.Length, 1)]);
        var logit = graph.Step("Add", "logit", [weighed, graph.Constant("bias", [model.Bias])]);
        graph.Step("Sigmoid", Output, [logit]);
        return graph.Finish("credit", Output, [new("classes", $"good,{LoanColumns.Bad}"), new("positive", LoanColumns.Bad)]);
    }

    static string Scale(OnnxGraph graph, List<string> parts, Preparation learnt)
    {
        var numbers = graph.Step("Concat", "numbers", parts, ("axis", 1L));
        var centred = graph.Step("Sub", "numbers_centred", [numbers, graph.Constant("means", learnt.Means)]);
        return graph.Step("Mul", "numbers_scaled", [centred, graph.Constant("scales", learnt.Scales)]);
    }

    /// <summary>ln(1 + x), where less than nothing counts as nothing.</summary>
    static string Logarithm(OnnxGraph graph, string name, string of)
    {
        var positive = graph.Step("Relu", $"{name}_positive", [of]);
        return graph.Step("Log", name, [graph.Step("Add", $"{name}_plus_one", [positive, graph.Constant($"{name}_one", [1f])])]);
    }

    static string FinancedShare(OnnxGraph graph, string skewed)
    {
        var price = graph.Step("Max", "price_at_least_one", [Pick(graph, skewed, "price"), graph.Constant("least_price", [1f])]);
        return graph.Step("Div", "financed_share", [Pick(graph, skewed, "amount"), price]);
    }

    static string SpareIncome(OnnxGraph graph, string skewed) =>
        Logarithm(graph, "spare_income", graph.Step("Sub", "income_less_expenses", [Pick(graph, skewed, "income"), Pick(graph, skewed, "expenses")]));

    static string Pick(OnnxGraph graph, string skewed, string column) =>
        graph.Step("Gather", $"{column}_picked", [skewed, graph.Constant($"{column}_at", [(long)Array.IndexOf(LoanColumns.Skewed, column)])], ("axis", 1L));
}
