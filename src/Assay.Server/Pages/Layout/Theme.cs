using Microsoft.AspNetCore.Http;

namespace Assay.Server.Pages.Layout;

/// <summary>Light, dark, or as the device: kept in a cookie, so that the first byte is already right.</summary>
internal static class Theme
{
    internal const string Cookie = "assay_theme";
    internal const string Route = "/theme";

    internal static readonly IReadOnlyList<string> Names = ["auto", "light", "dark"];

    /// <summary>What the reader chose, or <c>auto</c>.</summary>
    internal static string Of(HttpContext context) =>
        context.Request.Cookies[Cookie] is { } chosen && Names.Contains(chosen) ? chosen : "auto";

    /// <summary>Remembers the choice and goes back to the page it was made on; never to another site.</summary>
    internal static IResult Choose(HttpContext context, string? theme, string? back)
    {
        if (theme is not null && Names.Contains(theme))
            context.Response.Cookies.Append(Cookie, theme, new CookieOptions { Path = "/", MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true });
        return Results.LocalRedirect(Local(back) ? back! : "/");
    }

    static bool Local(string? address) => address is ['/', ..] and not ['/', '/' or '\\', ..] && !address.Any(char.IsControl);
}
