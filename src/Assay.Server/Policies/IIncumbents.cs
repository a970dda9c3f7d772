using Assay.Contracts;
using Assay.Server.Storage;

namespace Assay.Server.Policies;

/// <summary>Asked of a higher room: which digest is approved for the primary slot of an environment?</summary>
public interface IIncumbents
{
    /// <summary>The champion there, or null.</summary>
    Task<Digest?> Primary(Tx tx, string model, string environment);
}
