namespace Assay.Evaluation.Inputs;

/// <summary>The quick way from a column of numbers into a tensor of floats; every other pair goes value by value (<see cref="CellConversion"/>), and says there what is wrong.</summary>
internal static class Reals
{
    /// <summary>Puts the column at <paramref name="first"/> and each <paramref name="step"/> from there; false, when it is not such a pair or a value is too large for a float.</summary>
    public static bool Put(InputColumn column, Array into, int first, int step)
    {
        if (column.Reals is not { } reals)
            return false;
        switch (into)
        {
            case float[] floats:
                for (int i = 0, at = first; i < reals.Length; i++, at += step)
                {
                    var value = (float)reals[i];
                    if (float.IsInfinity(value) && !double.IsInfinity(reals[i]))
                        return false;
                    floats[at] = value;
                }
                return true;
            case double[] doubles:
                for (int i = 0, at = first; i < reals.Length; i++, at += step)
                    doubles[at] = reals[i];
                return true;
            default:
                return false;
        }
    }
}
