using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Assay.Tests.Builders;

/// <summary>An authority that nobody knows, its certificate in a file, and a server's certificate for loopback that it signed.</summary>
sealed class PrivateAuthority(X509Certificate2 certificate, string file) : IDisposable
{
    public X509Certificate2 Certificate => certificate;

    /// <summary>The authority's own certificate, PEM.</summary>
    public string File => file;

    public static PrivateAuthority Create()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=private authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var ask = new CertificateRequest("CN=loopback", own, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        ask.CertificateExtensions.Add(names.Build());
        using var signed = ask.Create(authority, now.AddDays(-1), now.AddDays(1), [1, 2, 3, 4]);
        var file = Path.Combine(Directory.CreateTempSubdirectory("assay authority ").FullName, "ca.pem");
        System.IO.File.WriteAllText(file, authority.ExportCertificatePem());
        return new(signed.CopyWithPrivateKey(own), file);
    }

    public void Dispose()
    {
        certificate.Dispose();
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }
}
