using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatGen;

/// <summary>Says whether a gateway takes new chats. It sends nothing.</summary>
internal sealed class ChatGatewayHealthCheck<TClient>(ChatGateway<TClient> gateway) : IHealthCheck
    where TClient : class, IChatClient<TClient>
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ChatSessionHost host = gateway.Host;
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["sessions"] = host.Count, ["streams"] = host.Streams };
        return Task.FromResult(
            host.IsStopping ? new HealthCheckResult(context.Registration.FailureStatus, "The server is stopping.", null, data)
            : host.Count >= gateway.Options.MaxSessions ? HealthCheckResult.Degraded("The server holds as many sessions as it may.", null, data)
            : HealthCheckResult.Healthy("The server takes chats.", data));
    }
}
