using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Assay.Examples.Credit;

/// <summary>The exported file, as whoever serves it will run it: raw columns in, scores out, by ONNX Runtime.</summary>
public static class ExportedModel
{
    /// <summary>Two ways to the same number may differ by rounding of single precision, by no more.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>Scores loans.</summary>
    public static float[] Score(byte[] model, IReadOnlyList<Loan> loans)
    {
        using var session = new InferenceSession(model);
        var inputs = LoanColumns.Numbers
            .Select((name, i) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(loans.Select(loan => loan.Numbers[i]).ToArray(), [loans.Count])))
            .Concat(LoanColumns.Words.Select((name, i) => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<string>(loans.Select(loan => loan.Words[i]).ToArray(), [loans.Count]))));
        using var outputs = session.Run([.. inputs]);
        return [.. outputs.Single(output => output.Name == CreditGraph.Output).AsEnumerable<float>()];
    }

    /// <summary>The greatest difference between what the trainer and what the file says of the same loans.</summary>
    public static double GreatestDifference(byte[] model, IReadOnlyList<Loan> loans, float[] trainersScores) =>
        Score(model, loans).Zip(trainersScores, (file, trainer) => Math.Abs((double)file - trainer)).Max();
}
