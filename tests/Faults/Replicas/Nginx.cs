using System.Diagnostics;
using System.Net.Sockets;

namespace Assay.Tests.Faults.Replicas;

/// <summary>A real nginx before some servers, with the proxy rules of <c>deploy/</c>; it listens on a socket in its folder, so no port is taken.</summary>
sealed class Nginx : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("assay-nginx-").FullName;
    readonly Process process;

    /// <summary>Debian keeps it where only root's path looks.</summary>
    static string Program => File.Exists("/usr/sbin/nginx") ? "/usr/sbin/nginx" : "nginx";

    Nginx(IEnumerable<string> upstreams)
    {
        Directory.CreateDirectory(Path.Combine(folder, "tmp"));
        var servers = string.Join('\n', upstreams.Select(u => $"    server {new Uri(u).Authority} max_fails=1 fail_timeout=1s;"));
        string[] temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), $$"""
            worker_processes 1;
            pid {{folder}}/pid;
            error_log {{folder}}/error.log warn;
            events { worker_connections 512; }
            http {
              access_log off;
              {{string.Join('\n', temporary.Select(t => $"{t}_temp_path {folder}/tmp/{t};"))}}
              upstream assay {
            {{servers}}
                keepalive 16;
              }
              server {
                listen unix:{{folder}}/front;
                include "{{Repository.Root}}/deploy/nginx/assay-proxy.conf";
              }
            }
            """);
        process = Process.Start(new ProcessStartInfo(Program, ["-p", folder, "-e", Path.Combine(folder, "error.log"), "-c", Path.Combine(folder, "nginx.conf"), "-g", "daemon off; master_process off;"]) { RedirectStandardError = true })!;
    }

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<Nginx> Before(IEnumerable<string> upstreams)
    {
        var nginx = new Nginx(upstreams);
        using var client = nginx.Client();
        await Builders.Until.True(async () => !nginx.process.HasExited ? await Answers(client) : throw new InvalidOperationException($"nginx ended: {await nginx.process.StandardError.ReadToEndAsync()}"), "nginx answers");
        return nginx;
    }

    /// <summary>A client of it. The name it uses is one that the servers know.</summary>
    public HttpClient Client(DelegatingHandler? through = null)
    {
        HttpMessageHandler handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, ct) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(folder, "front")), ct);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        if (through is not null)
            (through.InnerHandler, handler) = (handler, through);
        return new(handler) { BaseAddress = new("http://localhost"), Timeout = TimeSpan.FromMinutes(2) };
    }

    static async Task<bool> Answers(HttpClient client)
    {
        try
        {
            return (await client.GetAsync("/health")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
