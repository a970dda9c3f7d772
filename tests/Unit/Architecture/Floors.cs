using System.Text.RegularExpressions;
using Assay.Server;
using NetArchTest.Rules;

namespace Assay.Tests.Unit.Architecture;

/// <summary>The floors of the server: a room may use only rooms of lower floors.</summary>
public sealed partial class Floors
{
    const string Server = "Assay.Server.";

    /// <summary>From the ground up. Rooms that stand side by side do not know each other.</summary>
    static readonly string[][] All =
    [
        ["Storage"], ["Identity"], ["Ledger"], ["Events"], ["Http"], ["Retries"], ["Access"], ["Search"],
        ["Tracking", "Artifacts", "Deployments"],
        ["Capture"], ["Registry"], ["Evidence"], ["Policies"], ["Promotions"], ["Drift"],
        ["Mlflow", "Pages"],
    ];

    public static TheoryData<string> Rooms => [.. All.SelectMany(f => f)];

    [Theory, MemberData(nameof(Rooms))]
    public void A_room_uses_only_rooms_of_lower_floors(string room)
    {
        var floor = Array.FindIndex(All, f => f.Contains(room));
        var upward = All.Skip(floor).SelectMany(f => f).Where(r => r != room && !(room == "Ledger" && r == "Http" || room == "Identity" && r == "Http")).Select(r => Server + r).ToArray();
        var result = Types.InAssembly(typeof(RunningServer).Assembly).That().ResideInNamespaceStartingWith(Server + room).ShouldNot().HaveDependencyOnAny(upward).GetResult();
        result.IsSuccessful.ShouldBeTrue($"{room} reaches upward in {string.Join(", ", result.FailingTypeNames ?? [])}");
    }

    [Fact]
    public void Every_folder_of_the_server_stands_on_a_floor()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src", "Assay.Server")).Select(f => Path.GetFileName(f)!).Where(f => f is not ("bin" or "obj"));
        folders.Order().ShouldBe(All.SelectMany(f => f).Order());
    }

    [Theory, MemberData(nameof(Rooms))]
    public void A_rooms_internal_types_are_its_own(string room)
    {
        var types = typeof(RunningServer).Assembly.GetTypes();
        var own = types.Where(t => t.Namespace is { } n && (n + ".").StartsWith(Server + room + ".", StringComparison.Ordinal) && t is { IsPublic: false, IsNested: false } && !Door(t.Name) && !t.Name.Contains('<', StringComparison.Ordinal))
            .Select(t => t.FullName!).ToArray();
        if (own.Length == 0)
            return;
        var result = Types.InAssembly(typeof(RunningServer).Assembly).That().DoNotResideInNamespaceStartingWith(Server + room).And().ResideInNamespaceStartingWith(Server).ShouldNot().HaveDependencyOnAny(own).GetResult();
        var failing = (result.FailingTypeNames ?? []).Where(n => All.SelectMany(f => f).Any(r => n.StartsWith(Server + r + ".", StringComparison.Ordinal))).ToList();
        failing.ShouldBeEmpty($"internals of {room} are used by {string.Join(", ", failing)}");
    }

    /// <summary>What a room opens to the list of rooms, and what every room is given to answer with.</summary>
    static bool Door(string name) => name.EndsWith("Room", StringComparison.Ordinal) || name.EndsWith("Endpoints", StringComparison.Ordinal);

    [Fact]
    public void Sql_names_only_tables_of_its_own_room()
    {
        var server = Path.Combine(Repository.Root, "src", "Assay.Server");
        var tables = Directory.EnumerateFiles(server, "*.sql", SearchOption.AllDirectories)
            .SelectMany(f => CreatedTable().Matches(File.ReadAllText(f)).Select(m => (Table: m.Groups[1].Value, Room: RoomOf(server, f)))).ToDictionary(t => t.Table, t => t.Room);
        tables.ShouldNotBeEmpty();
        tables.ShouldAllBe(t => t.Key.StartsWith(t.Value.ToLowerInvariant() + "_", StringComparison.Ordinal));
        var foreign = from file in Directory.EnumerateFiles(server, "*.cs", SearchOption.AllDirectories)
                      where !file.Contains("/obj/", StringComparison.Ordinal)
                      from Match word in Word().Matches(File.ReadAllText(file))
                      where tables.TryGetValue(word.Value, out var room) && room != RoomOf(server, file)
                      select $"{Path.GetRelativePath(server, file)} names {word.Value}";
        foreign.Distinct().ShouldBeEmpty();
    }

    static string RoomOf(string server, string file) => Path.GetRelativePath(server, file).Split('/')[0];

    [GeneratedRegex(@"CREATE TABLE (?:IF NOT EXISTS )?(\w+)")]
    private static partial Regex CreatedTable();

    [GeneratedRegex(@"\b[a-z]+_[a-z_]+\b")]
    private static partial Regex Word();
}
