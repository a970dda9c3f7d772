using Assay.Cli.Surface;
using Assay.Evaluation;
using Assay.Evaluation.Data;
using Assay.Evaluation.Data.Sources;

namespace Assay.Cli.Measuring;

/// <summary>Where data for measuring may come from: this machine, the registry, an object store.</summary>
internal static class DataPlaces
{
    public static DataSources Of(Call call, IProgress<EvaluationProgress>? progress) => new(new RegistrySource(call, progress), new S3Source(new S3Access(), progress));
}
