using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace ChatGen.Browser.Tests.Site;

/// <summary>An empty page over https that can import the JavaScript module of ChatGen.Browser from <c>/chatgen.js</c>. Its certificate is its own.</summary>
internal sealed class SecureModuleSite : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly X509Certificate2 _certificate;

    private SecureModuleSite(WebApplication application, X509Certificate2 certificate)
    {
        _application = application;
        _certificate = certificate;
    }

    /// <summary>Address of the page.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>Starts it.</summary>
    public static async Task<SecureModuleSite> StartAsync()
    {
        string module = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "runtime", "ChatGen.Browser", "wwwroot", "chatgen.js"), TestContext.Current.CancellationToken);
        X509Certificate2 certificate = MakeCertificate();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel((KestrelServerOptions kestrel) =>
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.UseHttps(certificate)));
        WebApplication application = builder.Build();
        application.Run(context =>
        {
            bool isModule = context.Request.Path == "/chatgen.js";
            context.Response.ContentType = isModule ? "text/javascript" : "text/html";
            return context.Response.WriteAsync(isModule ? module : "<!doctype html><title>Empty</title>");
        });
        await application.StartAsync(TestContext.Current.CancellationToken);
        return new SecureModuleSite(application, certificate);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _certificate.Dispose();
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
