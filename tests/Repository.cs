namespace Assay.Tests;

/// <summary>Where the checkout is.</summary>
static class Repository
{
    public static string Root { get; } = Find();

    static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Assay.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("the tests run outside a checkout");
        return folder;
    }
}
