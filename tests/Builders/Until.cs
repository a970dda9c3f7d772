using System.Diagnostics;

namespace Assay.Tests.Builders;

/// <summary>Asks again until it is so. Each question is real work (a call, a query), so nothing sleeps; a minute of asking is a failure.</summary>
static class Until
{
    public static async Task True(Func<Task<bool>> so, string what)
    {
        var asked = Stopwatch.StartNew();
        while (!await so())
        {
            asked.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1), $"not yet: {what}");
            await Task.Yield();
        }
    }
}
