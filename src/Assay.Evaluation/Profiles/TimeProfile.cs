using Assay.Evaluation.Data;

namespace Assay.Evaluation.Profiles;

/// <summary>The times of a set's rows: the first, the last, and how many are not later than a given one.</summary>
internal sealed class TimeProfile(string column, Moment? until)
{
    /// <summary>How many rows have a time.</summary>
    public long Rows { get; private set; }

    /// <summary>How many of them are not later than <c>until</c>.</summary>
    public long NotLater { get; private set; }

    public Moment? Least { get; private set; }

    public Moment? Greatest { get; private set; }

    /// <summary>Why the times say nothing; null when they do.</summary>
    public string? Problem { get; private set; }

    public void Take(DataBatch batch)
    {
        if (Problem is not null)
            return;
        try
        {
            var vector = batch[column];
            for (var r = 0; r < batch.Rows && Problem is null; r++)
                if (Moment.Of(vector, r, batch.FirstRow) is { } moment)
                    Take(moment);
        }
        catch (DataException e)
        {
            Problem = e.Message;
        }
    }

    void Take(Moment moment)
    {
        if ((Least ?? until) is { } known && known.IsDate != moment.IsDate)
        {
            Problem = $"the times in the column {column} are partly dates and partly numbers, or those of training are of the other kind; they have no order";
            return;
        }
        Rows++;
        Least = Least is { } least && least.CompareTo(moment) <= 0 ? least : moment;
        Greatest = Greatest is { } greatest && greatest.CompareTo(moment) >= 0 ? greatest : moment;
        if (until is { } last && moment.CompareTo(last) <= 0)
            NotLater++;
    }
}
