using Assay.Contracts.Documents;

namespace Assay.Evaluation.Invariants.Expectations;

/// <summary>When two numbers count as equal: |a − b| ≤ atol + rtol·|b|. NaN equals nothing, unless the suite says <c>nan_ok</c>; equal infinities are equal.</summary>
internal sealed record Tolerance(double Absolute, double Relative, bool NanOk = false)
{
    public bool Equal(double a, double b) => (NanOk && double.IsNaN(a) && double.IsNaN(b)) || a == b || Math.Abs(a - b) <= Absolute + (Relative * Math.Abs(b));

    public static Tolerance Read(YamlMap map, Tolerance usual)
    {
        double absolute = map.Number("atol") ?? usual.Absolute, relative = map.Number("rtol") ?? usual.Relative;
        if (absolute < 0 || relative < 0)
            map.Wrong("atol", "a tolerance is at least 0");
        return new(absolute, relative, map.Truth("nan_ok") ?? usual.NanOk);
    }
}
