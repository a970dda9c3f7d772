namespace Assay.Plots;

/// <summary>What a mark means; its colour follows from it and never stands alone.</summary>
public enum Tone
{
    /// <summary>Unknown, stale, no data.</summary>
    None,
    /// <summary>Proven good.</summary>
    Ok,
    /// <summary>Proven bad.</summary>
    Bad,
    /// <summary>Not proven, or act before it is bad.</summary>
    Warn,
    /// <summary>Going on, waiting.</summary>
    Info,
    /// <summary>Failed, allowed for a time.</summary>
    Waive,
    /// <summary>Was once, is no more; neither good nor bad.</summary>
    Mute,
}

/// <summary>The style sheet's word for a tone.</summary>
public static class ToneNames
{
    /// <summary>The class that the style sheet knows: <c>ok</c>, <c>bad</c> and so on.</summary>
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Ok => "ok",
        Tone.Bad => "bad",
        Tone.Warn => "warn",
        Tone.Info => "info",
        Tone.Waive => "waive",
        Tone.Mute => "mute",
        _ => "none",
    };
}
