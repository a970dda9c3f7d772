using Assay.Cli.Surface;
using Assay.Evaluation;

namespace Assay.Cli.Measuring;

/// <summary>Says each stage once.</summary>
internal sealed class StageNotes(Output to) : IProgress<EvaluationProgress>
{
    string last = "";

    /// <inheritdoc/>
    public void Report(EvaluationProgress value)
    {
        if (value.Stage == last)
            return;
        last = value.Stage;
        to.Note(value.Stage);
    }
}
