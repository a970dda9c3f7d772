using Assay.Evaluation.Suites;

namespace Assay.Evaluation.Measures;

/// <summary>What the rows and their scores mean in one evaluation.</summary>
/// <param name="Task">What is predicted.</param>
/// <param name="Classes">
/// The classes as labels spell them: none for numbers, the positive one alone when a row is positive or not, else all in the order of the model's columns.
/// </param>
/// <param name="Level">The level of intervals.</param>
/// <param name="Weighted">Do rows weigh differently?</param>
internal sealed record Frame(EvaluationTask Task, IReadOnlyList<string> Classes, double Level, bool Weighted)
{
    /// <summary>Is a row positive or not, with one score?</summary>
    public bool Binary => Task == EvaluationTask.Classification && Classes.Count == 1;

    /// <summary>The scores of one row.</summary>
    public int Width => Math.Max(1, Classes.Count);

    /// <summary>The numbers that truths may have: 0 and 1 where a row is positive or not, else one for each class.</summary>
    public int Truths => Task != EvaluationTask.Classification ? 0 : Binary ? 2 : Classes.Count;
}
