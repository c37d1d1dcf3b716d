using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatGen;

/// <summary>Says of a client whether its connections work. It sends nothing.</summary>
internal sealed class ChatClientHealthCheck<TClient>(TClient client) : IHealthCheck
    where TClient : class, IChatClient<TClient>
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ChatClientStatus status = client.Status;
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sessions"] = status.Sessions,
            ["interruptedSessions"] = status.InterruptedSessions,
        };
        if (status.Failure is { } failure)
        {
            data["failureCode"] = failure.Code.ToString();
            data["failureTime"] = failure.Time;
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "The last attempt to connect to the chat backend failed.", null, data));
        }

        return Task.FromResult(status.InterruptedSessions > 0
            ? HealthCheckResult.Degraded("Chat sessions have lost their connection and are trying to get it back.", null, data)
            : HealthCheckResult.Healthy("No connection to the chat backend is known to fail.", data));
    }
}
