namespace Assay.Server.Tracking;

/// <summary>The words that MLflow's protocol has for states, with their numbers.</summary>
public static class RunStatus
{
    public const string Running = "RUNNING", Finished = "FINISHED";

    /// <summary>All, by number.</summary>
    public static readonly IReadOnlyDictionary<string, long> All = new Dictionary<string, long> { [Running] = 1, ["SCHEDULED"] = 2, [Finished] = 3, ["FAILED"] = 4, ["KILLED"] = 5 };

    /// <summary>Is it over?</summary>
    public static bool IsEnd(string status) => status is Finished or "FAILED" or "KILLED";
}

/// <summary>The states of a logged model.</summary>
public static class LoggedModelStatus
{
    public const string Pending = "LOGGED_MODEL_PENDING", Ready = "LOGGED_MODEL_READY";

    /// <summary>All, by number.</summary>
    public static readonly IReadOnlyDictionary<string, long> All = new Dictionary<string, long> { [Pending] = 1, [Ready] = 2, ["LOGGED_MODEL_UPLOAD_FAILED"] = 3 };
}

/// <summary>Is a thing there, or softly deleted?</summary>
public static class Lifecycle
{
    public const string Active = "active", Deleted = "deleted";

    /// <summary>Which of them a search sees, by number.</summary>
    public static readonly IReadOnlyDictionary<string, long> Views = new Dictionary<string, long> { ["ACTIVE_ONLY"] = 1, ["DELETED_ONLY"] = 2, ["ALL"] = 3 };

    /// <summary>The SQL condition of a view on a column.</summary>
    internal static string Sql(string? view, string column) => view switch
    {
        "DELETED_ONLY" => $"{column} = 'deleted'",
        "ALL" => "1 = 1",
        _ => $"{column} = 'active'",
    };
}

/// <summary>Tags with a meaning.</summary>
public static class KnownTags
{
    /// <summary>The run's name, kept equal to it.</summary>
    public const string RunName = "mlflow.runName";

    /// <summary>Who ran it, as claimed.</summary>
    public const string User = "mlflow.user";

    /// <summary>A note by people: outside the seal.</summary>
    public const string Note = "mlflow.note.content";

    /// <summary>What a 2.x <c>log_model</c> says it logged (a JSON list).</summary>
    public const string LogModelHistory = "mlflow.log-model.history";

    /// <summary>On a logged model: the versions made of it, as clients write it after registering.</summary>
    public const string ModelVersions = "mlflow.modelVersions";

    /// <summary>On an input: what it was used for.</summary>
    public const string DataContext = "mlflow.data.context";
}
