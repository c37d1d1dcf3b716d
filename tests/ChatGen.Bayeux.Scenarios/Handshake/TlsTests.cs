using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ChatGen.Bayeux.Scenarios.Harness;
using Xunit;

namespace ChatGen.Bayeux.Scenarios.Handshake;

public sealed class TlsTests : ScenarioTest
{
    [Theory, Scenario("TlsOptions")]
    [NotAgainst(Against.Real, "The server is run without TLS.")]
    public async Task TlsOptions_decide_whom_to_trust(Against column)
    {
        Begin(column);
        using X509Certificate2 certificate = SelfSigned();
        await using ScriptedServer server = await ScriptedServer.StartAsync(certificate: certificate);
        BayeuxClientOptions options = OptionsFor(server.Url);
        await using (var distrustful = new BayeuxClient(options))
        {
            BayeuxException exception = await Assert.ThrowsAsync<BayeuxException>(() => distrustful.ConnectAsync(Cancellation).Soon());
            Assert.Equal(BayeuxFaultKind.Unreachable, exception.Kind);
        }

        await using var trusting = new BayeuxClient(options with
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString(),
            },
        });
        await trusting.ConnectAsync(Cancellation).Soon();
        Assert.Equal(column.IsWebSocket(), (await server.NextAsync("/meta/connect")).IsWebSocket);
    }

    private static X509Certificate2 SelfSigned()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));

        // The server needs a key that it can load again.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
