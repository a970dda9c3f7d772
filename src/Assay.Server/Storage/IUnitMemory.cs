namespace Assay.Server.Storage;

/// <summary>
/// Remembers the units of work of one request, so that a unit that was done is not done again when the request is sent again. Its own rows
/// are written by the unit that they tell about.
/// </summary>
public interface IUnitMemory
{
    /// <summary>The unit, with its memory around it: what it answers when it was done before is what it answered then.</summary>
    Func<Tx, Task<Contracts.Result<T>>> Around<T>(Func<Tx, Task<Contracts.Result<T>>> unit);

    /// <summary>The unit came to its end with a value.</summary>
    void Went();
}
