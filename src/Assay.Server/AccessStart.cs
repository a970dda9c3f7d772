using Assay.Server.Access.People;
using Assay.Server.Access.Policy;
using Assay.Server.Identity;
using Assay.Server.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Assay.Server;

/// <summary>Puts the access policy of a file in force before the first request, and refuses an open address without any.</summary>
static class AccessStart
{
    public static async Task Load(IServiceProvider services, ServerOptions options, CancellationToken ct)
    {
        var book = services.GetRequiredService<AccessBook>();
        await book.Look(ct);
        if (options.Access is { } file && await book.Apply(null, await Text(file, ct), Principal.Server, fromFile: true, ct) is { Ok: false } applied)
            throw new StartRefusedException($"--access {file}: {applied.Refusal!.Message} {applied.Refusal.Mend}");
        if (book.Current is null)
            ServerStart.CheckOpen(options);
        else
            await services.GetRequiredService<FirstAdmin>().Prepare(ct);
    }

    static async Task<string> Text(string file, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllTextAsync(file, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The access policy {file} cannot be read ({e.Message}). Give a readable file with --access FILE, or leave it out for local mode.", e);
        }
    }
}
