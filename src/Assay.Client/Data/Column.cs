namespace Assay.Client;

/// <summary>A column of a table: its name, type, and whether it must be there.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Required">Must every input have it? A missing cell of a required column is NaN or empty text.</param>
public sealed record Column(string Name, ColumnType Type, bool Required = true);
