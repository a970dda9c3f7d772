using k8s;
using k8s.Models;

namespace Assay.Tests.Unit.Deploy;

/// <summary>The Kubernetes manifests are read strictly as Kubernetes' own types, and fit together.</summary>
public sealed class Manifests
{
    static readonly string Folder = Path.Combine(Repository.Root, "deploy", "kubernetes");

    static readonly List<object> All = [.. Directory.EnumerateFiles(Folder, "*.yaml").Order().SelectMany(f => KubernetesYaml.LoadAllFromString(File.ReadAllText(f), strict: true))];

    static T The<T>() => All.OfType<T>().ShouldHaveSingleItem();

    static IReadOnlyList<V1Container> Containers => [.. The<V1Deployment>().Spec.Template.Spec.Containers];

    [Fact]
    public void Every_selector_finds_the_pods()
    {
        var labels = The<V1Deployment>().Spec.Template.Metadata.Labels;
        foreach (var wanted in (IDictionary<string, string>[])[The<V1Deployment>().Spec.Selector.MatchLabels, The<V1Service>().Spec.Selector, The<V1PodDisruptionBudget>().Spec.Selector.MatchLabels, The<V1NetworkPolicy>().Spec.PodSelector.MatchLabels])
            wanted.ShouldAllBe(l => labels.ContainsKey(l.Key) && labels[l.Key] == l.Value);
        var ports = Containers.SelectMany(c => c.Ports ?? []).Select(p => p.Name).ToList();
        ports.ShouldContain(The<V1Service>().Spec.Ports.Single().TargetPort.Value);
        ports.ShouldContain(The<V1NetworkPolicy>().Spec.Ingress.Single().Ports.Single().Port.Value);
    }

    [Fact]
    public void The_server_is_probed_by_a_name_that_it_knows()
    {
        var server = Containers.Single(c => c.Name == "assay");
        foreach (var (probe, path) in ((V1Probe, string)[])[(server.StartupProbe, "/livez"), (server.LivenessProbe, "/livez"), (server.ReadinessProbe, "/readyz")])
        {
            probe.HttpGet.Path.ShouldBe(path, "a database that is gone makes a server unready, and does not restart it");
            probe.HttpGet.HttpHeaders.ShouldHaveSingleItem().Value.ShouldBe("localhost");
            probe.HttpGet.Port.Value.ShouldBe("8080");
        }
    }

    [Fact]
    public void No_secret_stands_in_a_file_and_every_one_is_referred_to()
    {
        All.OfType<V1Secret>().ShouldBeEmpty();
        var server = Containers.Single(c => c.Name == "assay");
        server.Env.ShouldAllBe(e => e.Value == null && e.ValueFrom.SecretKeyRef != null);
        server.Env.Select(e => e.Name).ShouldBe(["PGPASSWORD", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]);
        The<V1ConfigMap>().Data.Keys.ShouldAllBe(k => !k.Contains("SECRET") && !k.Contains("PASSWORD") && !k.Contains("KEY"));
        The<V1Deployment>().Spec.Template.Spec.Volumes.Single(v => v.Name == "key").Secret.SecretName.ShouldBe("assay-key");
        server.VolumeMounts.Single(m => m.Name == "key").MountPath.ShouldBe("/data/keys");
    }

    [Fact]
    public void Containers_are_locked_down_and_what_they_mount_is_there()
    {
        var pod = The<V1Deployment>().Spec.Template.Spec;
        pod.SecurityContext.RunAsNonRoot.ShouldBe(true);
        var volumes = pod.Volumes.Select(v => v.Name).ToList();
        foreach (var container in Containers)
        {
            container.SecurityContext.ReadOnlyRootFilesystem.ShouldBe(true, container.Name);
            container.SecurityContext.AllowPrivilegeEscalation.ShouldBe(false, container.Name);
            container.SecurityContext.Capabilities.Drop.ShouldBe(["ALL"]);
            container.Resources.Limits.ShouldContainKey("memory");
            container.VolumeMounts.Select(m => m.Name).ShouldBeSubsetOf(volumes);
        }
        Containers.Single(c => c.Name == "assay").Args.ShouldContain("http://127.0.0.1:5000", "without an access policy a server that is open to the network does not start");
        The<V1Deployment>().Spec.Replicas.ShouldBe(3);
        The<V1PodDisruptionBudget>().Spec.MaxUnavailable.Value.ShouldBe("1");
    }
}
