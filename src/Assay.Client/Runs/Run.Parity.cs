namespace Assay.Client;

public sealed partial class Run
{
    /// <summary>
    /// Logs rows with the answers that this pipeline itself gives to them, as a CSV file. A suite scores the same rows with the served model and compares:
    /// <c>parity: {uri: "runs:/RUN/parity.csv", prediction: prediction}</c>. Five hundred rows or more tell much.
    /// </summary>
    /// <param name="inputs">The rows as the model takes them.</param>
    /// <param name="predictions">The pipeline's own answer to each: a score, or a class.</param>
    /// <param name="column">The column of the answers; none of the inputs may have this name.</param>
    /// <param name="path">Where the file goes within the run's artifacts.</param>
    /// <param name="ct">Ends the upload.</param>
    public Task LogParityAsync(InputExample inputs, IReadOnlyList<object> predictions, string column = "prediction", string path = "parity.csv", CancellationToken ct = default) =>
        LogTextAsync(ParityRows.Csv(inputs, predictions, column), path, ct);
}
