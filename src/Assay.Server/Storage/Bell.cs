namespace Assay.Server.Storage;

/// <summary>Wakes a background worker when there is something for it to do.</summary>
public class Bell
{
    readonly SemaphoreSlim rung = new(0, 1);

    /// <summary>Wakes the worker; many rings are one.</summary>
    public void Ring()
    {
        if (rung.CurrentCount == 0)
        {
            try
            {
                rung.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another ring came first.
            }
        }
    }

    /// <summary>Waits for a ring, or for the limit to pass.</summary>
    public Task Wait(TimeSpan limit, CancellationToken ct) => rung.WaitAsync(limit, ct);
}
