namespace Assay.Server.Identity;

/// <summary>A feature of requests that come with a browser's session: what the frame of a page says about its reader.</summary>
/// <param name="Name">What the reader is called.</param>
/// <param name="Session">The public id of the session.</param>
public sealed record SignedIn(string Name, string Session);
