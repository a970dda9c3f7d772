using Assay.Server.Storage;

namespace Assay.Server.Events;

/// <summary>Tells the dispatcher that there is something to deliver.</summary>
public sealed class OutboxBell : Bell;
