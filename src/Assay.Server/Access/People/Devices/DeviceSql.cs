using System.Text.Json;
using Assay.Server.Storage;

namespace Assay.Server.Access.People.Devices;

/// <summary>What is known of a program that waits for its person.</summary>
/// <param name="Client">What it calls itself.</param>
/// <param name="Address">From where it asked.</param>
/// <param name="Began">When.</param>
/// <param name="Polled">When it last asked whether it may.</param>
/// <param name="Interval">How many seconds it must leave between two questions.</param>
/// <param name="Denied">Did the person say no?</param>
public sealed record DeviceFacts(string Client, string Address, DateTimeOffset Began, DateTimeOffset? Polled, int Interval, bool Denied);

/// <summary>A program that waits; <see cref="Person"/> once somebody said yes.</summary>
public sealed record WaitingDevice(byte[] Hash, DeviceFacts Facts, string? Person, DateTimeOffset EndsAt);

static class DeviceSql
{
    const string Columns = "hash, facts, person, ends_ms";

    public static readonly Query<WaitingDevice> ByHash = new($"SELECT {Columns} FROM access_signin WHERE hash = @hash AND kind = 'device'", Read);

    public static readonly Query<WaitingDevice> ByCode = new($"SELECT {Columns} FROM access_signin WHERE user_code = @code AND kind = 'device' AND ends_ms > @now", Read);

    /// <summary>Answers one that nobody answered yet.</summary>
    public const string Answer = "UPDATE access_signin SET person = @person, facts = @facts WHERE hash = @hash AND kind = 'device' AND person IS NULL AND ends_ms > @now";

    public const string Polled = "UPDATE access_signin SET facts = @facts WHERE hash = @hash AND kind = 'device' AND person IS NULL";

    public const string Remove = "DELETE FROM access_signin WHERE hash = @hash AND kind = 'device'";

    public static readonly Query<long> Waiting = new("SELECT COUNT(*) FROM access_signin WHERE kind = 'device' AND ends_ms > @now", r => r.Int(0));

    public static readonly Query<long> Guesses = new("SELECT COUNT(*) FROM access_signin WHERE kind = 'guess' AND person = @person AND ends_ms > @now", r => r.Int(0));

    public static string Text(DeviceFacts facts) => JsonSerializer.Serialize(facts);

    static WaitingDevice Read(Row r) => new(r.Bytes(0), JsonSerializer.Deserialize<DeviceFacts>(r.Text(1))!, r.TextOrNull(2), r.Time(3));
}
