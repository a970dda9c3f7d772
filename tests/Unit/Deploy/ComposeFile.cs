using System.Diagnostics;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Assay.Tests.Unit.Deploy;

/// <summary>The compose file is YAML whose parts fit together, nginx takes its configuration, and no setting is named that the server does not know.</summary>
public sealed partial class ComposeFile
{
    static readonly string Folder = Path.Combine(Repository.Root, "deploy");

    static readonly Dictionary<object, object> Root = Read("compose.yaml");

    static Dictionary<object, object> Read(string file)
    {
        using var text = new StreamReader(Path.Combine(Folder, file));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(text)));
    }

    static Dictionary<object, object> Map(object? of) => (Dictionary<object, object>)of!;

    static IEnumerable<(string Name, Dictionary<object, object> Service)> Services => Map(Root["services"]).Select(s => ((string)s.Key, Map(s.Value)));

    static IEnumerable<string> Texts(Dictionary<object, object> of, string key) => of.TryGetValue(key, out var list) ? ((List<object>)list).Select(v => v as string ?? (string)Map(v)["source"]) : [];

    [Fact]
    public void Every_part_that_is_named_is_there()
    {
        var (names, volumes, secrets) = (Services.Select(s => s.Name).ToList(), Map(Root["volumes"]).Keys.Cast<string>().ToList(), Map(Root["secrets"]).Keys.Cast<string>().ToList());
        foreach (var (name, service) in Services)
        {
            service.ShouldContainKey("image", name);
            Regex.IsMatch((string)service["image"], ":[\\w.-]+$").ShouldBeTrue($"{name}: an image has a tag");
            if (service.TryGetValue("depends_on", out var others))
                Map(others).Keys.Cast<string>().ShouldBeSubsetOf(names);
            if (service.TryGetValue("network_mode", out var mode))
                names.ShouldContain(((string)mode)["service:".Length..]);
            Texts(service, "secrets").ShouldBeSubsetOf(secrets);
            foreach (var volume in Texts(service, "volumes").Select(v => v.Split(':')[0]))
                (volume.StartsWith("./", StringComparison.Ordinal) ? File.Exists(Path.Combine(Folder, volume)) : volumes.Contains(volume)).ShouldBeTrue($"{name} mounts {volume}");
            Texts(service, "ports").ShouldAllBe(p => p.StartsWith("127.0.0.1:"), "open to this machine only");
        }
    }

    [Fact]
    public void Two_servers_are_one_registry()
    {
        var servers = Services.Where(s => s.Name.StartsWith("assay-", StringComparison.Ordinal)).ToList();
        servers.Count.ShouldBe(2);
        var environments = servers.Select(s => Map(s.Service["environment"])).ToList();
        environments.Select(e => (string)e["ASSAY_LISTEN"]).ShouldBe(["http://127.0.0.1:5001", "http://127.0.0.1:5002"]);
        foreach (var shared in (string[])["ASSAY_DATABASE", "ASSAY_ARTIFACTS"])
            environments.Select(e => e[shared]).Distinct().Count().ShouldBe(1);
        servers.ShouldAllBe(s => Texts(s.Service, "secrets").Single() == "server_key");
        servers.SelectMany(s => Texts(s.Service, "volumes")).Distinct().Count().ShouldBe(2, "a data folder each");
        var upstream = File.ReadAllText(Path.Combine(Folder, "nginx", "upstream-compose.conf"));
        upstream.ShouldContain("127.0.0.1:5001");
        upstream.ShouldContain("127.0.0.1:5002");
    }

    [Theory, InlineData("upstream-compose.conf"), InlineData("upstream-pod.conf")]
    public async Task Nginx_takes_its_configuration(string upstream)
    {
        var folder = Directory.CreateTempSubdirectory("assay-nginx-test-");
        try
        {
            foreach (var (file, name) in ((string, string)[])[("nginx.conf", "nginx.conf"), ("assay-proxy.conf", "assay-proxy.conf"), (upstream, "upstream.conf")])
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), (await File.ReadAllTextAsync(Path.Combine(Folder, "nginx", file))).Replace("/tmp/", folder.FullName + "/", StringComparison.Ordinal));
            var program = File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";
            using var nginx = Process.Start(new ProcessStartInfo(program, ["-t", "-q", "-c", Path.Combine(folder.FullName, "nginx.conf")]) { RedirectStandardError = true })!;
            var says = await nginx.StandardError.ReadToEndAsync();
            await nginx.WaitForExitAsync();
            nginx.ExitCode.ShouldBe(0, says);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_setting_and_file_that_is_named_exists()
    {
        var known = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            foreach (Match setting in Setting().Matches(File.ReadAllText(file)))
                known.ShouldContain($"`{setting.Value}`", Case.Sensitive, $"{Path.GetFileName(file)} names {setting.Value}");
        var kustomization = Read("kustomization.yaml");
        var named = ((List<object>)kustomization["resources"]).Cast<string>().Concat(((List<object>)Map(((List<object>)kustomization["configMapGenerator"])[0])["files"]).Cast<string>().Select(f => f.Split('=')[1]));
        named.ShouldAllBe(f => File.Exists(Path.Combine(Folder, f)));
        Directory.EnumerateFiles(Path.Combine(Folder, "kubernetes")).Select(f => $"kubernetes/{Path.GetFileName(f)}").ShouldBeSubsetOf(named);
    }

    [GeneratedRegex(@"\bASSAY_[A-Z_]+\b")]
    private static partial Regex Setting();
}
