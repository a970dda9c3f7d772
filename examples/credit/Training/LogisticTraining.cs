using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Assay.Examples.Credit;

/// <summary>How the training stands after one round.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Train">Quality on the rows it learns from.</param>
/// <param name="HeldOut">Quality on the rows it never sees.</param>
public sealed record Round(int Number, Quality Train, Quality HeldOut);

/// <summary>Trains with ML.NET's L-BFGS, a few steps at a time, each round going on from the last, so that the curve can be seen.</summary>
public sealed class LogisticTraining(Recipe recipe, long seed)
{
    readonly MLContext ml = new((int)(seed & int.MaxValue));

    /// <summary>Trains; each round is shown as it ends.</summary>
    /// <returns>The model, and what ML.NET itself predicts for the held-out rows.</returns>
    public (TrainedModel Model, float[] HeldOutScores) Train(Holdout data, Action<Round> show, CancellationToken ct)
    {
        var preparation = Preparation.Learn(data.Train, recipe);
        var train = View(preparation, data.Train);
        var heldOut = View(preparation, data.HeldOut);
        var trainer = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = recipe.L2,
            MaximumNumberOfIterations = recipe.IterationsPerRound,
            OptimizationTolerance = 1e-9f,
            NumberOfThreads = 1, // One order of summation: the same seed gives the same bytes.
        });
        LinearBinaryModelParameters? learnt = null;
        float[] scores = [];
        for (var number = 1; number <= recipe.Rounds; number++)
        {
            ct.ThrowIfCancellationRequested();
            var fitted = learnt is null ? trainer.Fit(train) : trainer.Fit(train, learnt);
            learnt = fitted.Model.SubModel;
            scores = Scores(fitted, heldOut);
            show(new(number, Quality.Of(Scores(fitted, train), data.Train), Quality.Of(scores, data.HeldOut)));
        }
        return (new(recipe, preparation, [.. learnt!.Weights], learnt.Bias), scores);
    }

    IDataView View(Preparation preparation, IReadOnlyList<Loan> loans)
    {
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, preparation.Features.Count);
        return ml.Data.LoadFromEnumerable(loans.Select(loan => new Example { Features = preparation.Apply(loan), Label = loan.Bad }).ToArray(), schema);
    }

    static float[] Scores(ITransformer fitted, IDataView rows) => [.. fitted.Transform(rows).GetColumn<float>("Probability")];

    sealed class Example
    {
        public float[] Features { get; set; } = [];
        public bool Label { get; set; }
    }
}
