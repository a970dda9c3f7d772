using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Assay.Server.Identity;
using Assay.Server.Storage;

namespace Assay.Server.Ledger;

/// <summary>
/// Counts refusals of callers whom nobody knows: one entry for an address and minute, so that nobody can grow the ledger from outside
/// (identity.md). Of many addresses in one minute the first hundred are told apart; the others are counted together.
/// </summary>
public sealed class RefusalCounter(Store store, LedgerWriter ledger, TimeProvider time)
{
    /// <summary>Addresses that are told apart in one minute, and reasons told apart for one address.</summary>
    public const int MostAddresses = 100, MostReasons = 20, MostMinutes = 60;

    /// <summary>What the rest is counted under.</summary>
    public const string Others = "others";

    /// <summary>What is counted together, and how often it is written.</summary>
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    readonly Lock one = new();
    readonly SortedDictionary<long, Dictionary<string, Dictionary<string, long>>> minutes = [];

    /// <summary>Counts one refusal. Never waits and never fails. Addresses of IPv6 count by their /64, of which one caller has plenty.</summary>
    public void Count(string address, string action, string code)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        lock (one)
        {
            if (!minutes.TryGetValue(minute, out var addresses))
            {
                // The database has been away for an hour: the oldest minute is given up, not the memory.
                if (minutes.Count == MostMinutes)
                    minutes.Remove(minutes.Keys.First());
                minutes[minute] = addresses = new(StringComparer.Ordinal);
            }
            var reasons = Bounded(addresses, Network(address), MostAddresses, () => new(StringComparer.Ordinal));
            var reason = $"{action} {code}";
            reason = reasons.ContainsKey(reason) || reasons.Count < MostReasons ? reason : Others;
            reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
        }
    }

    /// <summary>Writes what was counted: of the minutes that are over, or of all.</summary>
    public async Task Flush(bool all, CancellationToken ct)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        while (Take(all ? long.MaxValue : now) is { } taken)
        {
            try
            {
                await store.Do(async tx =>
                {
                    foreach (var (address, reasons) in taken.Addresses)
                        await ledger.RecordRefused(tx, Principal.Server, LedgerActions.AccessRefused, new(), Told(taken.Minute, address, reasons));
                }, ct);
            }
            catch
            {
                lock (one)
                    minutes.TryAdd(taken.Minute, taken.Addresses);
                throw;
            }
        }
    }

    (long Minute, Dictionary<string, Dictionary<string, long>> Addresses)? Take(long before)
    {
        lock (one)
        {
            if (minutes.Count == 0 || minutes.Keys.First() is var minute && minute >= before)
                return null;
            minutes.Remove(minute, out var addresses);
            return (minute, addresses!);
        }
    }

    static JsonObject Told(long minute, string address, Dictionary<string, long> reasons) => new()
    {
        ["address"] = address,
        ["minute"] = DateTimeOffset.FromUnixTimeSeconds(minute * 60).UtcDateTime.ToString("yyyy-MM-ddTHH:mmZ", System.Globalization.CultureInfo.InvariantCulture),
        ["count"] = reasons.Values.Sum(),
        ["refused"] = new JsonObject(reasons.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => KeyValuePair.Create(r.Key, (JsonNode?)r.Value))),
    };

    static Dictionary<string, long> Bounded(Dictionary<string, Dictionary<string, long>> of, string key, int most, Func<Dictionary<string, long>> make)
    {
        key = of.ContainsKey(key) || of.Count < most ? key : Others;
        if (!of.TryGetValue(key, out var found))
            of[key] = found = make();
        return found;
    }

    static string Network(string address)
    {
        if (!IPAddress.TryParse(address, out var ip))
            return address.Length <= 64 ? address : address[..64];
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        if (ip.AddressFamily is not AddressFamily.InterNetworkV6)
            return ip.ToString();
        var bytes = ip.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}
