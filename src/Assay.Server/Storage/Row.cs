using System.Data.Common;

namespace Assay.Server.Storage;

/// <summary>One row of an answer, read by position.</summary>
public readonly struct Row(DbDataReader reader)
{
    /// <summary>Is the column NULL?</summary>
    public bool IsNull(int i) => reader.IsDBNull(i);

    public string Text(int i) => reader.GetString(i);
    public string? TextOrNull(int i) => reader.IsDBNull(i) ? null : reader.GetString(i);
    public long Int(int i) => reader.GetInt64(i);
    public long? IntOrNull(int i) => reader.IsDBNull(i) ? null : reader.GetInt64(i);
    public double Real(int i) => reader.GetDouble(i);
    public double? RealOrNull(int i) => reader.IsDBNull(i) ? null : reader.GetDouble(i);
    public byte[] Bytes(int i) => reader.GetFieldValue<byte[]>(i);
    public byte[]? BytesOrNull(int i) => reader.IsDBNull(i) ? null : reader.GetFieldValue<byte[]>(i);
    public bool Bool(int i) => reader.GetBoolean(i);

    /// <summary>A column of UTC milliseconds.</summary>
    public DateTimeOffset Time(int i) => DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(i));

    /// <summary>A column of UTC milliseconds that may be NULL.</summary>
    public DateTimeOffset? TimeOrNull(int i) => reader.IsDBNull(i) ? null : Time(i);

    /// <summary>A column that holds <c>sha256:…</c>.</summary>
    public Contracts.Digest Digest(int i) => Contracts.Digest.Parse(reader.GetString(i));

    /// <summary>A column that holds <c>sha256:…</c> or NULL.</summary>
    public Contracts.Digest? DigestOrNull(int i) => reader.IsDBNull(i) ? null : Digest(i);
}
