using System.Reflection;
using Assay.Server;
using Xunit.Sdk;
using Xunit.v3;

namespace Assay.Tests;

/// <summary>Where a server keeps its bytes.</summary>
public enum Keeping
{
    Folder,
    Bucket,
}

/// <summary>Runs a theory once with bytes in a folder and once in a bucket of S3.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothStoresAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([new TheoryDataRow<Keeping>(Keeping.Folder), new TheoryDataRow<Keeping>(Keeping.Bucket)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>What to tell a server of its bytes.</summary>
static class Kept
{
    public static ServerOptions In(this ServerOptions options, Keeping keeping, ObjectStore? bucket) =>
        keeping is Keeping.Folder ? options : options with { Artifacts = ObjectStore.NewPlace(), S3 = bucket!.Settings };
}
