namespace Assay.Server.Pages.Parts;

/// <summary>The address of each thing: names, not ids, and always encoded.</summary>
public static class Addresses
{
    public static string Model(string model) => $"/models/{Uri.EscapeDataString(model)}";

    public static string Version(string model, long number) => $"{Model(model)}/versions/{number}";

    public static string Report(string model, long number) => $"{Version(model, number)}/report";

    public static string Environment(string environment) => $"/environments/{Uri.EscapeDataString(environment)}";

    public static string ModelIn(string model, string environment) => $"{Model(model)}/environments/{Uri.EscapeDataString(environment)}";

    public static string Why(string model, string environment) => $"{ModelIn(model, environment)}/why";

    public static string Experiment(string id) => $"/experiments/{Uri.EscapeDataString(id)}";

    public static string Run(string id) => $"/runs/{Uri.EscapeDataString(id)}";
}
