using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChatGen;

/// <summary>Healthy as long as the node has a lease, without which it can hold no chats: a load balancer that asks for it sends visitors elsewhere.</summary>
internal sealed class RedisOwnershipHealthCheck(RedisChatOwnership ownership) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["sessions"] = ownership.Held };
        return Task.FromResult(ownership.HasLease
            ? HealthCheckResult.Healthy("The node has a lease.", data)
            : new HealthCheckResult(context.Registration.FailureStatus, "The node has no lease: Redis cannot be reached, or the node was stopped for too long.", data: data));
    }
}
