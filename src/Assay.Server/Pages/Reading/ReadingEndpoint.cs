using Assay.Server.Pages.Layout;

using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Reading;

/// <summary>The legend: every piece in all its states.</summary>
internal static class ReadingEndpoint
{
    internal static IResult Show() => Drawn.As<Reading>();
}
