using Assay.Contracts;

namespace Assay.Evaluation.Data.Sources;

/// <summary>Fetches data from elsewhere into files of this machine.</summary>
public interface IDataSource
{
    /// <summary>How its addresses begin, for messages, such as <c>s3://</c>.</summary>
    string Scheme { get; }

    /// <summary>Is this one of its addresses?</summary>
    bool Takes(string uri);

    /// <summary>Fetches what the address names. A refusal names the address and what to do.</summary>
    Task<Result<DataFiles>> Fetch(string uri, CancellationToken ct);
}
