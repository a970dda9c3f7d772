using Assay.Contracts;

namespace Assay.Cli.Surface;

/// <summary>The command line, a file or the environment cannot be used as it is: exit 2, with what to do.</summary>
internal sealed class WrongUseException(string message, string? mend = null, string? where = null) : Exception(message)
{
    /// <summary>What is wrong, as a value.</summary>
    public Refusal Refusal => new(RefusalKind.Invalid, "wrong-use", Message, mend, where);
}
