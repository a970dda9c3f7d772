using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Assay.Examples.Credit;

/// <summary>
/// Sets loans aside that training never sees. The side of a loan is a hash of the seed and of the row itself: it does not depend on the
/// order of the file, and two equal rows are never on both sides.
/// </summary>
public sealed record Holdout(IReadOnlyList<Loan> Train, IReadOnlyList<Loan> HeldOut)
{
    /// <summary>The share that is set aside, in percent.</summary>
    public const int Percent = 30;

    /// <summary>Splits by a seed.</summary>
    public static Holdout Of(IReadOnlyList<Loan> loans, long seed)
    {
        var sides = loans.ToLookup(loan => IsHeldOut(loan, seed));
        return new([.. sides[false]], [.. sides[true]]);
    }

    static bool IsHeldOut(Loan loan, long seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{loan.Line}")));
        return BinaryPrimitives.ReadUInt64BigEndian(hash) % 100 < Percent;
    }
}
