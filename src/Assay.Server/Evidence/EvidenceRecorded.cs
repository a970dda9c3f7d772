using Assay.Contracts;
using Assay.Server.Events;

namespace Assay.Server.Evidence;

/// <summary>A measurement of a version was taken in, or made again with the same result.</summary>
public sealed record EvidenceRecorded(string Model, Digest Version, string Kind) : IEvent
{
    string IEvent.Subject => Version.ToString();
}
