namespace Assay.Server.Pages.Layout;

/// <summary>One step of the way to a page; the last has no address.</summary>
public readonly record struct Crumb(string Name, string? Address = null);
